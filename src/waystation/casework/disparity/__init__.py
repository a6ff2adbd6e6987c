"""The disparity report: whether help comes to everyone alike, told without anybody being found in it."""

"""What somebody must still do for a person, with its clock: one list for every room above the desk."""

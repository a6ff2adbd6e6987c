"""Where help is: services, places and opening times that anybody may ask for, without a name and without signing in."""

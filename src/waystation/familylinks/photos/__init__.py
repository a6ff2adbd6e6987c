"""The page of photos: a face and the family link, nothing else, until the day it is taken down."""

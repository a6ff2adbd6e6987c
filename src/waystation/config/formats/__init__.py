"""How days are typed, the same in every language: never the month first, for 05/06 must not mean two days.

Django reads a module for each language (FORMAT_MODULE_PATH); digits of any script are understood.
"""

DATE_INPUT_FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %m %Y", "%Y/%m/%d"]

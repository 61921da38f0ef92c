"""How dates and hours are written on every staff page, the admin's and the CMS' own too: `FORMAT_MODULE_PATH`."""

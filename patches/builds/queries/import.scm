; The path of an import.
(import_spec
  path: (interpreted_string_literal) @site)

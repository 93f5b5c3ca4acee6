(source_file
  (package_clause
    (package_identifier) @_package)
  (function_declaration
    name: (identifier) @site
    (#eq? @site "main")))

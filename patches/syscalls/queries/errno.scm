; Where an error may be compared with one of package syscall: errors.Is, == and !=, switches.
(call_expression
  function: (selector_expression
    field: (field_identifier) @_name)
  (#eq? @_name "Is")) @site

(binary_expression
  operator: ["==" "!="]) @site

(expression_switch_statement) @site

(binary_expression
  left: (selector_expression
    field: (field_identifier) @field)
  operator: ["==" "!="]
  right: (interpreted_string_literal) @name) @site

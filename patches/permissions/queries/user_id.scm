(binary_expression
  left: (call_expression) @call
  operator: ["==" "!=" ">" "<" ">=" "<="]
  right: (int_literal)) @site

(binary_expression
  left: (int_literal)
  operator: ["==" "!=" ">" "<" ">=" "<="]
  right: (call_expression) @call) @site

(expression_statement
  (call_expression)) @site

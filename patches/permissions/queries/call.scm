(call_expression
  function: (selector_expression)) @site

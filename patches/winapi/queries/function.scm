; The function of a call, as package.Name.
(call_expression
  function: (selector_expression) @site)

(call_expression
  function: (selector_expression
    field: (field_identifier) @_method)
  (#any-of? @_method "ReadMsgUnix" "WriteMsgUnix")) @site

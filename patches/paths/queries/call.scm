(call_expression) @site

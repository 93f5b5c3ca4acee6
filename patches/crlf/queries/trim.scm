(call_expression) @site
(slice_expression) @site

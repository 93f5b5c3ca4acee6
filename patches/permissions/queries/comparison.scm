(binary_expression) @site

(binary_expression operator: ["==" "!=" "+"]) @site
(slice_expression) @site

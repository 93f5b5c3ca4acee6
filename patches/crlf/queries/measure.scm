(binary_expression operator: ["==" "!=" "+"]) @site

[
  (interpreted_string_literal)
  (raw_string_literal)
] @site

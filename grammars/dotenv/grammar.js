// Files of names and values: .env as docker compose, godotenv and shells read it, and INI with its sections.

module.exports = grammar({
  name: "dotenv",

  extras: ($) => [/[ \t\r]/],

  rules: {
    source_file: ($) => seq(repeat(seq(optional($._line), "\n")), optional($._line)),
    _line: ($) => choice($.comment, seq(choice($.section, $.pair), optional($.comment))),

    comment: ($) => token(prec(1, /[#;][^\n]*/)),
    section: ($) => seq("[", field("name", alias(/[^\]\n]+/, $.name)), "]"),

    pair: ($) =>
      seq(optional($.export), field("key", $.key), optional(seq(choice("=", ":"), optional(field("value", $._value))))),
    export: ($) => token(prec(1, /export[ \t]/)),
    key: ($) => /[A-Za-z_0-9][^\s=:#\[\]]*/,

    _value: ($) => choice($.plain_value, $.double_quoted_value, $.single_quoted_value, $.backquoted_value),
    // A number sign begins a comment only behind a blank.
    plain_value: ($) => token(/[^\s"'`#;][^\s]*([ \t]+[^\s#][^\s]*)*/),
    // These three may run over several lines.
    double_quoted_value: ($) => token(/"([^"\\]|\\(.|\n))*"/),
    single_quoted_value: ($) => token(/'[^']*'/),
    backquoted_value: ($) => token(/`[^`]*`/),
  },
});

// Dockerfiles as BuildKit reads them. What depends on the escape directive, on where a line begins or on what a
// whole line holds is the scanner's (src/scanner.c): it speaks of lines, words and here-documents, this file of instructions.

/// A word in upper or lower case.
function keyword(word) {
  const either = [...word].map((c) => `[${c.toLowerCase()}${c.toUpperCase()}]`).join("");
  return alias(token(prec(1, new RegExp(either))), word);
}

module.exports = grammar({
  name: "dockerfile",

  // A line that ends in the escape character goes on; comments and blank lines may stand between its parts.
  extras: ($) => [/[ \t\r]/, $.line_continuation, $.comment, $._blank_line],

  externals: ($) => [
    $._newline, // the end of an instruction, also that of the file
    $.line_continuation,
    $.comment,
    $._blank_line, // and the line end of a comment
    $._directive_start,
    $._concat, // no bytes: the next piece belongs to the same word
    $._unquoted,
    $._double_quote_open,
    $._double_quoted,
    $._double_quote_close,
    $.single_quoted_string,
    $._dollar, // of $NAME
    $._dollar_brace, // of ${NAME…}
    $._flag_name,
    $._flag_equals,
    $._key, // what stands before an equals sign
    $._lone_key, // a key without one
    $._json_start, // the bracket of an array of strings that is all that is left of the line
    $.shell_fragment,
    $.text,
    $.heredoc_marker,
    $._heredoc_newline,
    $.heredoc_body,
    $.heredoc_end,
    $._error, // never used: valid only while the parser recovers
  ],

  inline: ($) => [$._instruction],

  rules: {
    source_file: ($) => repeat(seq(choice($.directive, $._instruction), $._newline)),

    // # escape=`
    directive: ($) =>
      seq($._directive_start, field("name", alias(/[A-Za-z][A-Za-z0-9]*/, $.name)), "=",
        field("value", alias(/[^ \t\r\n]([^\r\n]*[^ \t\r\n])?/, $.value))),

    _instruction: ($) =>
      choice($.from_instruction, $.run_instruction, $.cmd_instruction, $.entrypoint_instruction, $.shell_instruction,
        $.copy_instruction, $.add_instruction, $.env_instruction, $.arg_instruction, $.label_instruction,
        $.expose_instruction, $.volume_instruction, $.user_instruction, $.workdir_instruction,
        $.stopsignal_instruction, $.healthcheck_instruction, $.onbuild_instruction, $.maintainer_instruction),

    from_instruction: ($) =>
      seq(keyword("FROM"), repeat($.flag), field("image", $.word),
        optional(seq(keyword("AS"), field("name", $.word)))),

    run_instruction: ($) =>
      seq(keyword("RUN"), repeat($.flag), optional(field("command", choice($.json_array, $.shell_command))),
        optional($._heredocs)),
    cmd_instruction: ($) => seq(keyword("CMD"), optional(field("command", $._command))),
    entrypoint_instruction: ($) => seq(keyword("ENTRYPOINT"), optional(field("command", $._command))),
    shell_instruction: ($) => seq(keyword("SHELL"), field("command", $._command)),

    // One fragment for each line. Only RUN, COPY and ADD know here-documents.
    shell_command: ($) => repeat1(choice($.shell_fragment, $.heredoc_marker)),
    _plain_command: ($) => repeat1($.shell_fragment),
    _command: ($) => choice($.json_array, alias($._plain_command, $.shell_command)),
    json_array: ($) =>
      seq(alias($._json_start, "["), optional(seq($.json_string, repeat(seq(",", $.json_string)))), "]"),
    json_string: ($) => token(/"([^"\\\n]|\\.)*"/),

    _heredocs: ($) => seq($._heredoc_newline, repeat1($.heredoc)),
    heredoc: ($) => seq(optional($.heredoc_body), $.heredoc_end),

    copy_instruction: ($) => seq(keyword("COPY"), repeat($.flag), $._places, optional($._heredocs)),
    add_instruction: ($) => seq(keyword("ADD"), repeat($.flag), $._places, optional($._heredocs)),
    // The last one is the destination.
    _places: ($) => choice($.json_array, repeat1(choice($.word, $.heredoc_marker))),

    env_instruction: ($) => seq(keyword("ENV"), $._pairs),
    label_instruction: ($) => seq(keyword("LABEL"), $._pairs),
    _pairs: ($) => choice(repeat1($.pair), alias($._old_pair, $.pair)),
    pair: ($) => seq(field("key", alias($._key, $.key)), "=", optional(seq($._concat, field("value", $.word)))),
    // ENV KEY the rest of the line
    _old_pair: ($) => seq(field("key", alias($._lone_key, $.key)), repeat1(field("value", $.text))),
    arg_instruction: ($) => seq(keyword("ARG"), repeat1(choice($.pair, alias($._lone_key, $.key)))),

    expose_instruction: ($) => seq(keyword("EXPOSE"), repeat1($.word)),
    volume_instruction: ($) => seq(keyword("VOLUME"), choice($.json_array, repeat1($.word))),
    user_instruction: ($) => seq(keyword("USER"), field("name", $.word)),
    workdir_instruction: ($) => seq(keyword("WORKDIR"), field("path", alias($._spaced_word, $.word))),
    stopsignal_instruction: ($) => seq(keyword("STOPSIGNAL"), $.word),
    maintainer_instruction: ($) => seq(keyword("MAINTAINER"), repeat1($.text)),

    healthcheck_instruction: ($) =>
      seq(keyword("HEALTHCHECK"), repeat($.flag),
        optional(choice(keyword("NONE"), seq(keyword("CMD"), optional(field("command", $._command)))))),
    onbuild_instruction: ($) => seq(keyword("ONBUILD"), $._instruction),

    flag: ($) =>
      seq(field("name", alias($._flag_name, $.name)),
        optional(seq(alias($._flag_equals, "="), optional(seq($._concat, field("value", $.word)))))),

    word: ($) => seq($._piece, repeat(seq($._concat, $._piece))),
    // WORKDIR takes the rest of its line, blanks included.
    _spaced_word: ($) => seq($._piece, repeat(seq(optional($._concat), $._piece))),
    _piece: ($) => choice(alias($._unquoted, $.plain), $.expansion, $.double_quoted_string, $.single_quoted_string),
    double_quoted_string: ($) =>
      seq($._double_quote_open, repeat(choice(alias($._double_quoted, $.plain), $.expansion)), $._double_quote_close),
    expansion: ($) =>
      choice(seq($._dollar, $.variable), seq($._dollar_brace, $.variable, optional($.modifier), "}")),
    variable: ($) => token.immediate(/[A-Za-z_0-9]+/),
    // :-default, :+word, #pattern, /from/to
    modifier: ($) => token.immediate(/([^A-Za-z_0-9{}\\]|\\.)([^{}\\]|\\.|\{([^{}]|\{[^{}]*\})*\})*/),
  },
});

// The part of the Dockerfile grammar that needs to look ahead or to remember: the escape character
// that a directive chose, where lines begin and go on, the pieces of words, and here-documents that
// are still to come.

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "tree_sitter/parser.h"

// In the order of `externals` in grammar.js.
enum Token {
  NEWLINE,
  LINE_CONTINUATION,
  COMMENT,
  BLANK_LINE,
  DIRECTIVE_START,
  CONCAT,
  UNQUOTED,
  DOUBLE_QUOTE_OPEN,
  DOUBLE_QUOTED,
  DOUBLE_QUOTE_CLOSE,
  SINGLE_QUOTED_STRING,
  DOLLAR,
  DOLLAR_BRACE,
  FLAG_NAME,
  FLAG_EQUALS,
  KEY,
  LONE_KEY,
  JSON_START,
  SHELL_FRAGMENT,
  TEXT,
  HEREDOC_MARKER,
  HEREDOC_NEWLINE,
  HEREDOC_BODY,
  HEREDOC_END,
  ERROR,
};

enum { MAX_HEREDOCS = 8, MAX_DELIMITER = 64 };

typedef struct {
  bool strip_tabs;
  uint8_t length;
  char word[MAX_DELIMITER];
} Heredoc;

typedef struct {
  char escape;
  char quote;          // the quote that a shell command is within, or 0
  bool directives;     // only directives so far
  bool in_directive;   // on the line of one
  bool comment_open;   // the line end that follows is a comment's
  bool gap;            // blanks stood before the last line continuation
  bool line_begins;    // nothing of this file's has been read since the last line end
  bool in_heredocs;    // the bodies are being read
  bool after_heredoc;  // a line end stands before the next body
  uint8_t heredoc_count;
  Heredoc heredocs[MAX_HEREDOCS];
} Scanner;

static bool is_blank(int32_t c) {
  return c == ' ' || c == '\t' || c == '\r';
}
static bool is_alpha(int32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
static bool is_digit(int32_t c) {
  return c >= '0' && c <= '9';
}
static bool at_end(TSLexer* lexer) {
  return lexer->lookahead == '\n' || lexer->eof(lexer);
}
static void advance(TSLexer* lexer) {
  lexer->advance(lexer, false);
}

static void pass_blanks(TSLexer* lexer) {
  while (is_blank(lexer->lookahead)) advance(lexer);
}

static bool emit(Scanner* scanner, TSLexer* lexer, enum Token token) {
  lexer->result_symbol = (TSSymbol)token;
  const bool line_end = token == LINE_CONTINUATION || token == BLANK_LINE || token == NEWLINE;
  if (!line_end && token != COMMENT)
    scanner->gap = false;
  scanner->line_begins = line_end;
  return true;
}

// Past a line end and the blank lines behind it.
static void pass_line_ends(TSLexer* lexer) {
  while (lexer->lookahead == '\n') {
    advance(lexer);
    lexer->mark_end(lexer);
    pass_blanks(lexer);
  }
}

// After an escape character: true, and passed, if nothing else follows on the line.
static bool pass_line_continuation(TSLexer* lexer) {
  pass_blanks(lexer);
  if (!at_end(lexer))
    return false;
  lexer->mark_end(lexer);
  pass_line_ends(lexer);
  return true;
}

// ---------------------------------------------------------------------------------------- comments
// and directives

static bool pass_word(TSLexer* lexer, char* word, size_t size) {
  size_t length = 0;
  while (is_alpha(lexer->lookahead) && length + 1 < size) {
    word[length++] = (char)(lexer->lookahead | 0x20);
    advance(lexer);
  }
  word[length] = '\0';
  return length > 0;
}

// At '#'. Marks the end of the character itself, so that a directive can begin with it.
static bool pass_directive_head(Scanner* scanner, TSLexer* lexer) {
  char word[8];
  pass_blanks(lexer);
  if (!pass_word(lexer, word, sizeof word))
    return false;
  const bool escape = strcmp(word, "escape") == 0;
  if (!escape && strcmp(word, "syntax") != 0 && strcmp(word, "check") != 0)
    return false;
  pass_blanks(lexer);
  if (lexer->lookahead != '=')
    return false;
  advance(lexer);
  pass_blanks(lexer);
  if (at_end(lexer))
    return false;
  if (escape && (lexer->lookahead == '`' || lexer->lookahead == '\\'))
    scanner->escape = (char)lexer->lookahead;
  return true;
}

static bool scan_comment(Scanner* scanner, TSLexer* lexer, const bool* valid) {
  advance(lexer);
  lexer->mark_end(lexer);
  if (scanner->directives && valid[DIRECTIVE_START] && pass_directive_head(scanner, lexer)) {
    scanner->in_directive = true;
    return emit(scanner, lexer, DIRECTIVE_START);
  }
  scanner->directives = false;
  scanner->comment_open = true;
  lexer->mark_end(lexer);
  while (!at_end(lexer)) {
    const bool blank = is_blank(lexer->lookahead);
    advance(lexer);
    if (!blank)
      lexer->mark_end(lexer);
  }
  return emit(scanner, lexer, COMMENT);
}

// ----------------------------------------------------------------------------------------------------
// line ends

static bool scan_line_end(Scanner* scanner, TSLexer* lexer, const bool* valid) {
  const bool eof = lexer->eof(lexer);
  if (scanner->comment_open && !eof) {
    scanner->comment_open = false;
    pass_line_ends(lexer);
    return emit(scanner, lexer, BLANK_LINE);
  }
  if (!eof && scanner->heredoc_count > 0 && valid[HEREDOC_NEWLINE]) {
    advance(lexer);
    lexer->mark_end(lexer);
    scanner->in_heredocs = true;
    scanner->after_heredoc = false;
    return emit(scanner, lexer, HEREDOC_NEWLINE);
  }
  if (valid[NEWLINE] && !(eof && valid[ERROR])) {
    if (!eof)
      advance(lexer);
    lexer->mark_end(lexer);
    scanner->directives = scanner->directives && scanner->in_directive;
    scanner->in_directive = false;
    scanner->heredoc_count = 0;
    scanner->quote = 0;
    return emit(scanner, lexer, NEWLINE);
  }
  if (eof)
    return false;
  scanner->directives = false;
  pass_line_ends(lexer);
  return emit(scanner, lexer, BLANK_LINE);
}

// ------------------------------------------------------------------------------------------------
// here-documents

// At the first '<' of what may be a marker. Remembers the delimiter if it is one.
static bool pass_heredoc_marker(Scanner* scanner, TSLexer* lexer) {
  for (int i = 0; i < 2; ++i) {
    if (lexer->lookahead != '<')
      return false;
    advance(lexer);
  }
  Heredoc heredoc = {.strip_tabs = lexer->lookahead == '-'};
  if (heredoc.strip_tabs)
    advance(lexer);
  const int32_t quote = lexer->lookahead;
  const bool quoted = quote == '"' || quote == '\'';
  if (quoted)
    advance(lexer);
  if (!is_alpha(lexer->lookahead) && lexer->lookahead != '_')
    return false;
  while (!at_end(lexer) && !is_blank(lexer->lookahead) && !(quoted && lexer->lookahead == quote)) {
    if (lexer->lookahead == '<' || heredoc.length == MAX_DELIMITER)
      return false;
    heredoc.word[heredoc.length++] = (char)lexer->lookahead;
    advance(lexer);
  }
  if (quoted) {
    if (lexer->lookahead != quote)
      return false;
    advance(lexer);
  }
  if (scanner->heredoc_count == MAX_HEREDOCS)
    return false;
  scanner->heredocs[scanner->heredoc_count++] = heredoc;
  return true;
}

// At the begin of a line: true, and passed, if it is the delimiter.
static bool pass_delimiter(TSLexer* lexer, const Heredoc* heredoc) {
  while (heredoc->strip_tabs && lexer->lookahead == '\t') advance(lexer);
  for (uint8_t i = 0; i < heredoc->length; ++i) {
    if ((char)lexer->lookahead != heredoc->word[i] || at_end(lexer))
      return false;
    advance(lexer);
  }
  if (lexer->lookahead == '\r')
    advance(lexer);
  return at_end(lexer);
}

static bool scan_heredoc(Scanner* scanner, TSLexer* lexer) {
  if (scanner->after_heredoc) {
    if (lexer->lookahead == '\r')
      lexer->advance(lexer, true);
    if (lexer->lookahead == '\n')
      lexer->advance(lexer, true);
  }
  bool body = false;
  while (true) {
    lexer->mark_end(lexer);
    if (pass_delimiter(lexer, &scanner->heredocs[0]))
      break;
    while (!at_end(lexer)) advance(lexer);
    if (lexer->eof(lexer)) {  // not closed: an error, but one for the parser to find only once
      scanner->heredoc_count = 0;
      scanner->in_heredocs = false;
      lexer->mark_end(lexer);
      return emit(scanner, lexer, HEREDOC_BODY);
    }
    advance(lexer);
    body = true;
  }
  scanner->after_heredoc = false;
  if (body)
    return emit(scanner, lexer, HEREDOC_BODY);
  lexer->mark_end(lexer);
  --scanner->heredoc_count;
  memmove(&scanner->heredocs[0], &scanner->heredocs[1], scanner->heredoc_count * sizeof(Heredoc));
  scanner->in_heredocs = scanner->heredoc_count > 0;
  scanner->after_heredoc = scanner->in_heredocs;
  return emit(scanner, lexer, HEREDOC_END);
}

// --------------------------------------------------------------------------------------------- the
// rest of a line

// A shell command or other text up to the end of the line, a line continuation or a here-document's
// marker. `begun`: bytes of it have been passed and marked.
static bool scan_fragment(Scanner* scanner, TSLexer* lexer, enum Token token, bool heredocs,
                          bool begun) {
  bool word_begins = !begun;
  bool any = begun;
  while (!at_end(lexer)) {
    const int32_t c = lexer->lookahead;
    if (heredocs && scanner->quote == 0 && word_begins && (c == '<' || is_digit(c))) {
      while (is_digit(lexer->lookahead)) advance(lexer);
      if (pass_heredoc_marker(scanner, lexer)) {
        if (!any) {
          lexer->mark_end(lexer);
          return emit(scanner, lexer, HEREDOC_MARKER);
        }
        --scanner->heredoc_count;  // found again when its turn comes
        break;
      }
      if (!at_end(lexer) && !is_blank(lexer->lookahead))
        continue;
      lexer->mark_end(lexer);
      any = true;
    } else if (c == scanner->escape) {
      advance(lexer);
      if (lexer->lookahead == scanner->escape) {
        while (lexer->lookahead == scanner->escape) advance(lexer);
      } else if (is_blank(lexer->lookahead) || at_end(lexer)) {
        pass_blanks(lexer);
        if (at_end(lexer))
          break;
      } else if (scanner->quote != '\'') {
        advance(lexer);
      }
      lexer->mark_end(lexer);
      any = true;
    } else {
      if (c == scanner->quote) {
        scanner->quote = 0;
      } else if (scanner->quote == 0 && (c == '"' || c == '\'')) {
        scanner->quote = (char)c;
      }
      advance(lexer);
      if (!is_blank(c)) {
        lexer->mark_end(lexer);
        any = true;
      }
    }
    word_begins = is_blank(c);
  }
  return any && emit(scanner, lexer, token);
}

// -------------------------------------------------------------------------------------------------------
// words

// At a dollar, which is passed: whether an expansion begins there. 0: none, 1: $NAME, 2: ${NAME…},
// its brace passed and the end marked behind it if `mark`.
static int pass_dollar(TSLexer* lexer, bool mark) {
  advance(lexer);
  if (is_alpha(lexer->lookahead) || lexer->lookahead == '_') {
    if (mark)
      lexer->mark_end(lexer);
    return 1;
  }
  if (lexer->lookahead != '{')
    return 0;
  advance(lexer);
  if (!is_alpha(lexer->lookahead) && lexer->lookahead != '_')
    return 0;
  if (mark)
    lexer->mark_end(lexer);
  for (int depth = 1; !at_end(lexer); advance(lexer)) {
    depth += lexer->lookahead == '{' ? 1 : lexer->lookahead == '}' ? -1 : 0;
    if (depth == 0)
      return 2;
  }
  return 0;
}

// At a quote, which has been passed: true if it is closed on the same logical line.
static bool pass_quoted(const Scanner* scanner, TSLexer* lexer, int32_t quote) {
  while (!lexer->eof(lexer)) {
    const int32_t c = lexer->lookahead;
    if (c == '\n')
      return false;
    advance(lexer);
    if (c == quote)
      return true;
    if (c == scanner->escape) {
      if (quote == '"' && !is_blank(lexer->lookahead) && lexer->lookahead != '\n') {
        advance(lexer);
      } else {
        pass_blanks(lexer);
        if (lexer->lookahead == '\n')
          advance(lexer);
      }
    }
  }
  return false;
}

static bool scan_quote(Scanner* scanner, TSLexer* lexer) {
  const int32_t quote = lexer->lookahead;
  advance(lexer);
  lexer->mark_end(lexer);
  if (!pass_quoted(scanner, lexer, quote))
    return emit(scanner, lexer, UNQUOTED);
  if (quote == '"')
    return emit(scanner, lexer, DOUBLE_QUOTE_OPEN);
  lexer->mark_end(lexer);
  return emit(scanner, lexer, SINGLE_QUOTED_STRING);
}

static bool scan_dollar(Scanner* scanner, TSLexer* lexer, bool* is_expansion) {
  const int kind = pass_dollar(lexer, true);
  *is_expansion = kind != 0;
  return kind != 0 && emit(scanner, lexer, kind == 1 ? DOLLAR : DOLLAR_BRACE);
}

// Plain text of a word. `begun` as in scan_fragment; `key`: an equals sign ends it.
static bool scan_unquoted(Scanner* scanner, TSLexer* lexer, bool begun) {
  bool any = begun;
  while (!at_end(lexer) && !is_blank(lexer->lookahead)) {
    const int32_t c = lexer->lookahead;
    if (c == '"' || c == '\'') {
      if (any)
        break;
      return scan_quote(scanner, lexer);
    }
    if (c == '$') {
      if (!any) {
        bool is_expansion = false;
        if (scan_dollar(scanner, lexer, &is_expansion))
          return true;
        lexer->mark_end(lexer);
        return emit(scanner, lexer, UNQUOTED);
      }
      if (pass_dollar(lexer, false) != 0)
        break;
      lexer->mark_end(lexer);
      return emit(scanner, lexer, UNQUOTED);
    }
    advance(lexer);
    if (c == scanner->escape) {
      if (is_blank(lexer->lookahead) || at_end(lexer)) {
        const int32_t escaped = lexer->lookahead;
        if (escaped == ' ') {
          advance(lexer);
          if (!is_blank(lexer->lookahead) && !at_end(lexer)) {
            lexer->mark_end(lexer);
            any = true;
            continue;
          }
        }
        break;
      }
      advance(lexer);
    }
    lexer->mark_end(lexer);
    any = true;
  }
  return any && emit(scanner, lexer, UNQUOTED);
}

static bool scan_double_quoted(Scanner* scanner, TSLexer* lexer) {
  bool any = false;
  if (lexer->lookahead == '"') {
    advance(lexer);
    lexer->mark_end(lexer);
    return emit(scanner, lexer, DOUBLE_QUOTE_CLOSE);
  }
  while (!at_end(lexer) && lexer->lookahead != '"') {
    const int32_t c = lexer->lookahead;
    if (c == '$') {
      if (!any) {
        bool is_expansion = false;
        if (scan_dollar(scanner, lexer, &is_expansion))
          return true;
      } else if (pass_dollar(lexer, false) != 0) {
        break;
      }
      lexer->mark_end(lexer);
      any = true;
      continue;
    }
    advance(lexer);
    if (c == scanner->escape) {
      if (is_blank(lexer->lookahead) || at_end(lexer)) {
        if (pass_line_continuation(lexer)) {
          if (!any)
            return emit(scanner, lexer, LINE_CONTINUATION);
          break;
        }
      } else {
        advance(lexer);
      }
    }
    lexer->mark_end(lexer);
    any = true;
  }
  return any && emit(scanner, lexer, DOUBLE_QUOTED);
}

static bool scan_key(Scanner* scanner, TSLexer* lexer, const bool* valid) {
  while (!at_end(lexer) && !is_blank(lexer->lookahead) && lexer->lookahead != '=') {
    const int32_t c = lexer->lookahead;
    advance(lexer);
    if ((c == '"' || c == '\'') && !pass_quoted(scanner, lexer, c))
      return false;
    lexer->mark_end(lexer);
  }
  const enum Token token = lexer->lookahead == '=' ? KEY : LONE_KEY;
  return valid[token] && emit(scanner, lexer, token);
}

// -------------------------------------------------------------------------------------------------------
// arrays

static bool pass_json_string(TSLexer* lexer) {
  if (lexer->lookahead != '"')
    return false;
  advance(lexer);
  while (!at_end(lexer) && lexer->lookahead != '"') {
    const bool escaped = lexer->lookahead == '\\';
    advance(lexer);
    if (!escaped)
      continue;
    if (lexer->lookahead == 0 || strchr("\"\\/bfnrtu", (int)lexer->lookahead) == NULL ||
        lexer->lookahead > 'u') {
      return false;
    }
    advance(lexer);
  }
  if (lexer->lookahead != '"')
    return false;
  advance(lexer);
  return true;
}

// Blanks, line continuations and the comments behind them. Sets `*other_line` when it leaves the
// line.
static void pass_json_blanks(const Scanner* scanner, TSLexer* lexer, bool* other_line) {
  while (true) {
    pass_blanks(lexer);
    if (lexer->lookahead == scanner->escape) {
      advance(lexer);
      pass_blanks(lexer);
      if (lexer->lookahead != '\n')
        return;
    } else if (*other_line && lexer->lookahead == '#') {
      while (!at_end(lexer)) advance(lexer);
    } else if (!*other_line || lexer->lookahead != '\n') {
      return;
    }
    *other_line = true;
    while (lexer->lookahead == '\n') {
      advance(lexer);
      pass_blanks(lexer);
    }
  }
}

// After the opening bracket.
static bool pass_json_array(const Scanner* scanner, TSLexer* lexer, bool* other_line) {
  pass_json_blanks(scanner, lexer, other_line);
  if (lexer->lookahead != ']') {
    while (true) {
      if (!pass_json_string(lexer))
        return false;
      pass_json_blanks(scanner, lexer, other_line);
      if (lexer->lookahead == ']')
        break;
      if (lexer->lookahead != ',')
        return false;
      advance(lexer);
      pass_json_blanks(scanner, lexer, other_line);
    }
  }
  advance(lexer);
  pass_blanks(lexer);
  return at_end(lexer);
}

// ------------------------------------------------------------------------------------------------------
// dispatch

static bool scan_bracket(Scanner* scanner, TSLexer* lexer, const bool* valid) {
  bool other_line = false;
  advance(lexer);
  lexer->mark_end(lexer);
  if (pass_json_array(scanner, lexer, &other_line))
    return emit(scanner, lexer, JSON_START);
  if (valid[SHELL_FRAGMENT]) {
    if (other_line || at_end(lexer))
      return emit(scanner, lexer, SHELL_FRAGMENT);
    lexer->mark_end(lexer);
    return scan_fragment(scanner, lexer, SHELL_FRAGMENT, valid[HEREDOC_MARKER], true);
  }
  return emit(scanner, lexer, UNQUOTED);
}

// At "-": a flag if two and a letter follow.
static bool scan_flag(Scanner* scanner, TSLexer* lexer, const bool* valid) {
  for (int i = 0; i < 2 && lexer->lookahead == '-'; ++i) advance(lexer);
  lexer->mark_end(lexer);
  if (!is_alpha(lexer->lookahead)) {
    if (valid[SHELL_FRAGMENT])
      return scan_fragment(scanner, lexer, SHELL_FRAGMENT, valid[HEREDOC_MARKER], true);
    return scan_unquoted(scanner, lexer, true);
  }
  while (is_alpha(lexer->lookahead) || is_digit(lexer->lookahead) || lexer->lookahead == '-')
    advance(lexer);
  lexer->mark_end(lexer);
  return emit(scanner, lexer, FLAG_NAME);
}

static bool scan_rest(Scanner* scanner, TSLexer* lexer, const bool* valid, bool begun) {
  if (valid[JSON_START] && !begun && lexer->lookahead == '[')
    return scan_bracket(scanner, lexer, valid);
  if (valid[FLAG_NAME] && !begun && lexer->lookahead == '-')
    return scan_flag(scanner, lexer, valid);
  if (valid[KEY] || valid[LONE_KEY])
    return scan_key(scanner, lexer, valid);
  if (valid[SHELL_FRAGMENT])
    return scan_fragment(scanner, lexer, SHELL_FRAGMENT, valid[HEREDOC_MARKER], begun);
  if (valid[TEXT])
    return scan_fragment(scanner, lexer, TEXT, false, begun);
  if (valid[HEREDOC_MARKER] && !begun && lexer->lookahead == '<') {
    if (pass_heredoc_marker(scanner, lexer)) {
      lexer->mark_end(lexer);
      return emit(scanner, lexer, HEREDOC_MARKER);
    }
    lexer->mark_end(lexer);
    return scan_unquoted(scanner, lexer, true);
  }
  return valid[UNQUOTED] && scan_unquoted(scanner, lexer, begun);
}

// At an escape character: a line continuation, or the first character of something.
static bool scan_escape(Scanner* scanner, TSLexer* lexer, const bool* valid, bool blank) {
  advance(lexer);
  if (is_blank(lexer->lookahead) || at_end(lexer)) {
    const bool space = lexer->lookahead == ' ';
    if (pass_line_continuation(lexer)) {
      scanner->gap = scanner->gap || blank;
      return emit(scanner, lexer, LINE_CONTINUATION);
    }
    if (valid[CONCAT] && !blank && !scanner->gap)
      return emit(scanner, lexer, CONCAT);
    if (valid[ERROR])
      return false;
    if (!space)
      return false;
    lexer->mark_end(lexer);
    return scan_rest(scanner, lexer, valid, true);
  }
  if (valid[ERROR])
    return false;
  if (valid[CONCAT] && !blank && !scanner->gap)
    return emit(scanner, lexer, CONCAT);
  advance(lexer);
  lexer->mark_end(lexer);
  return scan_rest(scanner, lexer, valid, true);
}

bool tree_sitter_dockerfile_external_scanner_scan(void* payload, TSLexer* lexer,
                                                  const bool* valid) {
  Scanner* scanner = payload;
  const bool recovering = valid[ERROR];
  lexer->mark_end(lexer);
  if (scanner->in_heredocs && !recovering)
    return scan_heredoc(scanner, lexer);
  const bool line_begins = scanner->line_begins && lexer->get_column(lexer) == 0;
  const bool comment = line_begins && lexer->lookahead == '#';
  if (valid[DOUBLE_QUOTED] && !recovering && !comment && !at_end(lexer))
    return scan_double_quoted(scanner, lexer);
  bool blank = false;
  while (is_blank(lexer->lookahead)) {
    lexer->advance(lexer, true);
    blank = true;
  }
  if (line_begins && lexer->lookahead == '#')
    return scan_comment(scanner, lexer, valid);
  if (at_end(lexer))
    return scan_line_end(scanner, lexer, valid);
  if (scanner->in_directive)
    return false;
  if (valid[FLAG_EQUALS] && !blank && !recovering && lexer->lookahead == '=') {
    advance(lexer);
    lexer->mark_end(lexer);
    return emit(scanner, lexer, FLAG_EQUALS);
  }
  if (lexer->lookahead == scanner->escape)
    return scan_escape(scanner, lexer, valid, blank);
  if (recovering)
    return false;
  if (valid[CONCAT] && !blank && !scanner->gap)
    return emit(scanner, lexer, CONCAT);
  return scan_rest(scanner, lexer, valid, false);
}

// ---------------------------------------------------------------------------------------------------------
// state

void tree_sitter_dockerfile_external_scanner_deserialize(void* payload, const char* buffer,
                                                         unsigned length);

void* tree_sitter_dockerfile_external_scanner_create(void) {
  Scanner* scanner = malloc(sizeof(Scanner));
  tree_sitter_dockerfile_external_scanner_deserialize(scanner, NULL, 0);
  return scanner;
}

void tree_sitter_dockerfile_external_scanner_destroy(void* payload) {
  free(payload);
}

unsigned tree_sitter_dockerfile_external_scanner_serialize(void* payload, char* buffer) {
  const Scanner* scanner = payload;
  const size_t size = offsetof(Scanner, heredocs) + scanner->heredoc_count * sizeof(Heredoc);
  memcpy(buffer, scanner, size);
  return (unsigned)size;
}

void tree_sitter_dockerfile_external_scanner_deserialize(void* payload, const char* buffer,
                                                         unsigned length) {
  Scanner* scanner = payload;
  memset(scanner, 0, sizeof *scanner);
  scanner->escape = '\\';
  scanner->directives = true;
  scanner->line_begins = true;
  if (length > 0)
    memcpy(scanner, buffer, length);
}

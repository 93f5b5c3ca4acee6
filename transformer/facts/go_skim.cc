#include "transformer/facts/go_skim.h"

#include <algorithm>

#include "transformer/facts/go_lexer.h"

namespace windlass {
namespace {

using Token = GoLexer::Token;
using TokenKind = GoLexer::Kind;

bool IsGeneratedLine(std::string_view line) {
  constexpr std::string_view kBegin = "// Code generated ";
  constexpr std::string_view kEnd = " DO NOT EDIT.";
  constexpr std::string_view kTag = " (@generated)";  // which go-bindata puts behind it
  line = line.substr(std::min(line.find_first_not_of(" \t"), line.size()));
  line = line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
  line.remove_suffix(line.ends_with(kTag) ? kTag.size() : 0);
  return line.size() >= kBegin.size() + kEnd.size() && line.starts_with(kBegin) &&
         line.ends_with(kEnd);
}

bool SaysGenerated(std::string_view header) {
  while (!header.empty()) {
    const size_t end = std::min(header.find('\n'), header.size());
    if (IsGeneratedLine(header.substr(0, end))) {
      return true;
    }
    header.remove_prefix(std::min(end + 1, header.size()));
  }
  return false;
}

/// Reads the declarations of one file. Names are views of the file until Own.
class Skimmer {
 public:
  Skimmer(std::string_view bytes, size_t begin, GoSkim* skim) : lexer_(bytes, begin), skim_(skim) {}

  void Run() {
    for (Token token = lexer_.Next(); token.kind != TokenKind::kEnd; token = lexer_.Next()) {
      if (token.kind == TokenKind::kWord) {
        TakeDeclaration(token);
      } else if (token.kind != TokenKind::kSemicolon) {
        lexer_.Unread(token);
        SkipSpec(false);
      }
    }
    skim_->identifiers = lexer_.words().Sorted();
  }

 private:
  using DeclKind = GoSkim::Decl::Kind;

  void TakeDeclaration(const Token& keyword) {
    if (keyword.Is("func")) {
      TakeFunc();
    } else if (keyword.Is("type")) {
      TakeGroup([this](const Token& token) { TakeType(token); });
    } else if (keyword.Is("const")) {
      TakeGroup([this](const Token& token) { TakeNames(DeclKind::kConst, token); });
    } else if (keyword.Is("var")) {
      TakeGroup([this](const Token& token) { TakeNames(DeclKind::kVar, token); });
    } else if (keyword.Is("import")) {
      TakeGroup([this](const Token& token) { TakeImport(token); });
    } else if (keyword.Is("package") && skim_->package_name.empty()) {
      const Token name = lexer_.Next();
      skim_->package_name = name.kind == TokenKind::kWord ? name.text : std::string_view();
      SkipSpec(false);
    } else {
      SkipSpec(false);
    }
  }

  /// One spec, or many in parentheses. `take` gets the first token of a spec and reads all it
  /// wants.
  template <typename Take>
  void TakeGroup(Take take) {
    Token token = lexer_.Next();
    if (!token.Is("(")) {
      take(token);
      SkipSpec(false);
      return;
    }
    for (token = lexer_.Next(); token.kind != TokenKind::kEnd && token.kind != TokenKind::kClose;
         token = lexer_.Next()) {
      if (lexer_.IsNamedFunc(token)) {
        lexer_.Unread(token);
        return;
      }
      if (token.kind != TokenKind::kSemicolon) {
        take(token);
        SkipSpec(true);
      }
    }
  }

  /// Goes to the end of a spec or declaration: behind its semicolon or, in a group, before the
  /// bracket that closes the group.
  void SkipSpec(bool in_group) {
    for (Token token = lexer_.Next();; token = lexer_.Next()) {
      if (token.kind == TokenKind::kSemicolon || token.kind == TokenKind::kEnd) {
        return;
      }
      if ((in_group && token.kind == TokenKind::kClose) || lexer_.IsNamedFunc(token)) {
        lexer_.Unread(token);
        return;
      }
      if (token.kind == TokenKind::kOpen) {
        lexer_.SkipBalanced();
      }
    }
  }

  void Add(DeclKind kind, const Token& name, std::string_view receiver = {}, bool has_body = true) {
    if (name.kind == TokenKind::kWord && !name.Is("_")) {
      skim_->decls.Add(
          {kind, has_body, static_cast<uint32_t>(lexer_.OffsetOf(name)), name.text, receiver});
    }
  }

  void TakeType(const Token& name) {
    Add(DeclKind::kType, name);
    if (name.kind != TokenKind::kWord) {
      lexer_.Unread(name);
    }
  }

  void TakeNames(DeclKind kind, Token token) {
    while (token.kind == TokenKind::kWord) {
      Add(kind, token);
      token = lexer_.Next();
      if (!token.Is(",")) {
        break;
      }
      token = lexer_.Next();
    }
    lexer_.Unread(token);
  }

  void TakeImport(Token token) {
    GoSkim::Import import;
    if (token.kind == TokenKind::kWord || token.Is(".")) {
      import.name = token.text;
      token = lexer_.Next();
    }
    if (token.kind != TokenKind::kString || token.text.size() < 2) {
      lexer_.Unread(token);
      return;
    }
    import.path = token.text.substr(1, token.text.size() - 2);
    skim_->imports_c = skim_->imports_c || import.path == "C";
    skim_->imports.push_back(import);
  }

  /// After the opening parenthesis. The type is the last word before type parameters or the end.
  std::string_view TakeReceiver() {
    std::string_view type;
    bool in_arguments = false;
    for (size_t depth = 1; depth > 0;) {
      const Token token = lexer_.Next();
      if (token.kind == TokenKind::kEnd) {
        break;
      }
      in_arguments = in_arguments || token.Is("[");
      if (token.kind == TokenKind::kWord && !in_arguments) {
        type = token.text;
      }
      depth += token.kind == TokenKind::kOpen ? 1 : 0;
      depth -= token.kind == TokenKind::kClose ? 1 : 0;
    }
    return type;
  }

  void TakeFunc() {
    Token token = lexer_.Next();
    const bool method = token.Is("(");
    std::string_view receiver;
    if (method) {
      receiver = TakeReceiver();
      token = lexer_.Next();
    }
    const Token name = token;
    Add(method ? DeclKind::kMethod : DeclKind::kFunc, name, receiver, SkipFunc(name));
  }

  /// Goes behind a function, whose name was read last. True if there was a body.
  bool SkipFunc(Token before) {
    for (;;) {
      const Token token = lexer_.Next();
      if (token.kind == TokenKind::kSemicolon || token.kind == TokenKind::kEnd) {
        return false;
      }
      if (lexer_.IsNamedFunc(token)) {
        lexer_.Unread(token);
        return false;
      }
      if (token.kind == TokenKind::kOpen) {
        lexer_.SkipBalanced();
        if (token.Is("{") && !before.Is("struct") && !before.Is("interface")) {
          return true;
        }
      }
      before = token;
    }
  }

  GoLexer lexer_;
  GoSkim* skim_;
};

/// Copies the texts that the imports still borrow from the file.
void OwnImports(GoSkim* skim) {
  size_t size = 0;
  for (const GoSkim::Import& import : skim->imports) {
    size += import.path.size() + import.name.size();
  }
  if (size == 0) {
    return;
  }
  const std::shared_ptr<char[]> copy(new char[size]);
  char* place = copy.get();
  for (GoSkim::Import& import : skim->imports) {
    for (std::string_view* text : {&import.path, &import.name}) {
      std::copy(text->begin(), text->end(), place);
      *text = {place, text->size()};
      place += text->size();
    }
  }
  skim->import_text = copy;
}

constexpr unsigned kKindMask = 7;
constexpr unsigned kHasBody = 8;
constexpr unsigned kNewReceiver = 16;

}  // namespace

// One declaration is a byte of flags, the distance of its offset from the one before, the receiver
// if it is another than before, and the name. Numbers have seven bits a byte, texts their size
// before them.
void SkimDecls::Add(const SkimDecl& decl) {
  const bool method = decl.kind == SkimDecl::Kind::kMethod;
  const bool new_receiver = method && decl.receiver != last_receiver_;
  packed_ += static_cast<char>(static_cast<unsigned>(decl.kind) | (decl.has_body ? kHasBody : 0) |
                               (new_receiver ? kNewReceiver : 0));
  AddNumber(decl.offset - last_offset_);
  last_offset_ = decl.offset;
  if (new_receiver) {
    AddText(decl.receiver);
    last_receiver_ = decl.receiver;
  }
  AddText(decl.name);
  ++size_;
}

void SkimDecls::AddNumber(uint32_t number) {
  for (; number >= 0x80; number >>= 7) {
    packed_ += static_cast<char>((number & 0x7f) | 0x80);
  }
  packed_ += static_cast<char>(number);
}

void SkimDecls::AddText(std::string_view text) {
  AddNumber(static_cast<uint32_t>(text.size()));
  packed_ += text;
}

void SkimDecls::Iterator::Read() {
  at_end_ = rest_.empty();
  if (at_end_) {
    return;
  }
  const auto flags = static_cast<unsigned char>(rest_.front());
  rest_.remove_prefix(1);
  decl_.kind = static_cast<SkimDecl::Kind>(flags & kKindMask);
  decl_.has_body = (flags & kHasBody) != 0;
  decl_.offset += ReadNumber();
  if ((flags & kNewReceiver) != 0) {
    receiver_ = ReadText();
  }
  decl_.receiver = decl_.kind == SkimDecl::Kind::kMethod ? receiver_ : std::string_view();
  decl_.name = ReadText();
}

uint32_t SkimDecls::Iterator::ReadNumber() {
  uint32_t number = 0;
  unsigned char byte = 0x80;
  for (unsigned shift = 0; (byte & 0x80) != 0; shift += 7) {
    byte = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    number |= static_cast<uint32_t>(byte & 0x7f) << shift;
  }
  return number;
}

std::string_view SkimDecls::Iterator::ReadText() {
  const size_t size = ReadNumber();
  const std::string_view text = rest_.substr(0, size);
  rest_.remove_prefix(size);
  return text;
}

bool GoSkim::Mentions(std::string_view identifier) const {
  return std::ranges::binary_search(identifiers, IdentHash(identifier));
}

bool GoSkim::Imports(std::string_view path) const {
  return std::ranges::find(imports, path, &Import::path) != imports.end();
}

uint32_t IdentHash(std::string_view identifier) {
  uint64_t hash = kIdentHashSeed;
  for (const char c : identifier) {
    hash = IdentHashStep(hash, static_cast<unsigned char>(c));
  }
  const auto upper = static_cast<uint32_t>(hash >> 32);
  return upper == 0 ? 1 : upper;
}

GoSkim SkimGo(std::string_view path, std::string_view bytes) {
  GoSkim skim;
  const size_t header_end = GoHeaderEnd(bytes);
  skim.constraint = ReadConstraint(path, bytes);
  skim.generated = SaysGenerated(bytes.substr(0, header_end));
  Skimmer(bytes, header_end, &skim).Run();
  skim.constraint.needs_cgo = skim.imports_c;
  OwnImports(&skim);
  skim.decls.ShrinkToFit();
  skim.imports.shrink_to_fit();
  return skim;
}

}  // namespace windlass

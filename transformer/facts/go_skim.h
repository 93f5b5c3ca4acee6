#ifndef WINDLASS_TRANSFORMER_FACTS_GO_SKIM_H_
#define WINDLASS_TRANSFORMER_FACTS_GO_SKIM_H_

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "transformer/facts/constraint.h"

namespace windlass {

/// A name declared at package level. Blank names (`_`) declare nothing and are left out.
struct SkimDecl {
  enum class Kind : uint8_t { kFunc, kMethod, kType, kConst, kVar };

  Kind kind = Kind::kFunc;
  bool has_body = true;  // false for a func declared for assembly
  uint32_t offset = 0;   // of the name, in bytes from the start of the file
  std::string_view name;
  std::string_view receiver;  // type name of a method's receiver, without '*' and type parameters
};

/// The declarations of a file in order: a list to be read from front to back, packed, because a
/// large tree has millions of them. The texts of its elements live as long as the list stays where
/// it is.
class SkimDecls {
 public:
  class Iterator {
   public:
    using value_type = SkimDecl;
    using difference_type = std::ptrdiff_t;
    using iterator_category = std::input_iterator_tag;
    using reference = SkimDecl;
    using pointer = const SkimDecl*;

    Iterator() = default;
    explicit Iterator(std::string_view rest) : rest_(rest) { Read(); }
    SkimDecl operator*() const { return decl_; }
    const SkimDecl* operator->() const { return &decl_; }
    Iterator& operator++() {
      Read();
      return *this;
    }
    Iterator operator++(int) {
      Iterator before = *this;
      Read();
      return before;
    }
    friend bool operator==(const Iterator& a, const Iterator& b) {
      return a.at_end_ == b.at_end_ && a.rest_.size() == b.rest_.size();
    }

   private:
    void Read();
    uint32_t ReadNumber();
    std::string_view ReadText();

    std::string_view rest_;
    std::string_view receiver_;
    SkimDecl decl_;
    bool at_end_ = true;
  };

  void Add(const SkimDecl& decl);
  void ShrinkToFit() { packed_.shrink_to_fit(); }

  Iterator begin() const { return Iterator(packed_); }
  Iterator end() const { return Iterator(); }
  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

 private:
  void AddNumber(uint32_t number);
  void AddText(std::string_view text);

  std::string packed_;
  std::string last_receiver_;
  uint32_t last_offset_ = 0;
  uint32_t size_ = 0;
};

/// What a lexical pass over a Go file tells without parsing it, about a hundred times cheaper than
/// a parse. Good for deciding what to parse; never for deciding an edit. Borrows nothing from the
/// file.
struct GoSkim {
  struct Import {
    std::string_view path;
    std::string_view name;  // as written: "", ".", "_" or an identifier
  };
  using Decl = SkimDecl;

  std::string package_name;
  FileConstraint constraint;
  std::vector<Import> imports;  // in order
  SkimDecls decls;
  /// True if a line before the package clause is Go's "// Code generated … DO NOT EDIT."
  bool generated = false;
  bool imports_c = false;
  /// IdentHash of every word outside comments and literals, keywords included; sorted, once. For
  /// "may this file mention X?".
  std::vector<uint32_t> identifiers;
  /// What the views of imports point into; shared by copies.
  std::shared_ptr<const char[]> import_text;

  /// False: `identifier` certainly occurs nowhere in the file. True: it does but for a collision of
  /// hashes.
  bool Mentions(std::string_view identifier) const;
  bool Imports(std::string_view path) const;
};

uint32_t IdentHash(std::string_view identifier);

/// Skims `bytes`, which are UTF-8 with or without a byte-order mark. Never fails: broken input
/// gives what could be told.
GoSkim SkimGo(std::string_view path, std::string_view bytes);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_GO_SKIM_H_

#include "storage/search/query/lexer.h"

#include "storage/search/query/script.h"

namespace daftar::search::query {
namespace {

class Lexer {
 public:
  Lexer(std::vector<Char> chars, std::vector<Token>* tokens) : chars_(std::move(chars)), tokens_(tokens) {}

  void Run() {
    while (SkipSpaces()) {
      const char32_t c = chars_[at_].c;
      if (IsOpen(c)) {
        One(Token::Kind::kOpen);
      } else if (IsClose(c)) {
        One(Token::Kind::kClose);
      } else if (c == U'|') {
        One(Token::Kind::kBar);
      } else if (IsMinus(c)) {
        Minus();
      } else {
        Term();
      }
    }
  }

 private:
  bool Done() const { return at_ == chars_.size(); }

  bool SkipSpaces() {
    while (!Done() && IsSpace(chars_[at_].c)) ++at_;
    return !Done();
  }

  // Where unquoted text ends, whatever it is.
  static bool Ends(char32_t c) { return IsSpace(c) || IsOpen(c) || IsClose(c) || IsQuote(c) || c == U'|'; }

  Span SpanFrom(size_t begin) const { return {chars_[begin].begin, chars_[at_ - 1].end}; }

  void One(Token::Kind kind) {
    ++at_;
    tokens_->push_back({.kind = kind, .span = SpanFrom(at_ - 1)});
  }

  // One or several dashes are one "not"; alone they are nothing.
  void Minus() {
    const size_t begin = at_;
    while (!Done() && IsMinus(chars_[at_].c)) ++at_;
    if (!Done() && !IsSpace(chars_[at_].c)) tokens_->push_back({.kind = Token::Kind::kMinus, .span = SpanFrom(begin)});
  }

  void Term() {
    const size_t begin = at_;
    Token token{.kind = Token::Kind::kTerm};
    token.field = TakeField();
    if (token.field != nullptr && !Done() && IsOpen(chars_[at_].c)) {
      token.opens = true;
    } else if (token.field != nullptr) {
      TakeValues(&token);
    } else {
      token.values.push_back(IsQuote(chars_[at_].c) ? Quoted() : Unquoted(false, true));
    }
    token.span = SpanFrom(begin);
    tokens_->push_back(std::move(token));
  }

  // Goes behind "field:", if that is what comes.
  const FieldName* TakeField() {
    size_t colon = at_;
    std::string head;
    while (colon < chars_.size() && !Ends(chars_[colon].c) && !IsColon(chars_[colon].c)) {
      AppendUtf8(chars_[colon++].c, &head);
    }
    if (colon == chars_.size() || !IsColon(chars_[colon].c)) return nullptr;
    const FieldName* field = FindField(head);
    if (field != nullptr) at_ = colon + 1;
    return field;
  }

  void TakeValues(Token* token) {
    const bool list = token->field->takes_list();
    const bool star = token->field->reads == Reads::kWords || token->field->reads == Reads::kName;
    while (!Done()) {
      if (IsQuote(chars_[at_].c)) {
        token->values.push_back(Quoted());
        if (star && !Done() && chars_[at_].c == U'*') {
          token->values.back().star = true;
          ++at_;
        }
      } else if (!Ends(chars_[at_].c) && !(list && IsComma(chars_[at_].c))) {
        token->values.push_back(Unquoted(list, star));
      }
      if (!list || Done() || !IsComma(chars_[at_].c)) return;
      const size_t comma = at_++;
      if (!Done() && IsSpace(chars_[at_].c)) {
        const size_t behind = at_;
        if (SkipSpaces()) token->loose_comma = Span{chars_[comma].begin, chars_[at_].begin};
        at_ = behind;
        return;
      }
    }
  }

  // From the opening mark to the closing one or, where that is still to be typed, to the end.
  Value Quoted() {
    Value value{.quoted = true};
    const size_t begin = at_;
    const char32_t opening = chars_[at_++].c;
    bool space = false;
    for (; !Done() && !Closes(opening, chars_[at_].c); ++at_) {
      if (IsSpace(chars_[at_].c) || IsQuote(chars_[at_].c)) {
        space = !value.text.empty();
        continue;
      }
      if (space) value.text += ' ';
      space = false;
      AppendUtf8(chars_[at_].c, &value.text);
    }
    if (!Done()) ++at_;
    value.span = SpanFrom(begin);
    value.at_end = Done();
    return value;
  }

  // REQUIRES: at least one character follows that belongs to it.
  Value Unquoted(bool list, bool star) {
    Value value;
    const size_t begin = at_;
    while (!Done() && !Ends(chars_[at_].c) && !(list && IsComma(chars_[at_].c))) {
      AppendUtf8(chars_[at_++].c, &value.text);
    }
    if (star && value.text.ends_with('*')) {
      value.star = true;
      value.text.pop_back();
    }
    value.span = SpanFrom(begin);
    value.at_end = Done();
    return value;
  }

  const std::vector<Char> chars_;
  size_t at_ = 0;
  std::vector<Token>* const tokens_;
};

}  // namespace

std::optional<Problem> Tokenize(std::string_view text, std::vector<Token>* tokens) {
  tokens->clear();
  if (text.size() > kMaxQueryBytes) {
    return Problem{.what = "the query has " + std::to_string(text.size()) + " bytes; it may have " +
                           std::to_string(kMaxQueryBytes) + ": shorten it"};
  }
  std::optional<uint32_t> bad;
  std::vector<Char> chars = ReadChars(text, &bad);
  if (bad) return Problem{.at = {*bad, *bad + 1}, .what = "this is not UTF-8 text: type it again"};
  Lexer(std::move(chars), tokens).Run();
  const uint32_t end = static_cast<uint32_t>(text.size());
  tokens->push_back({.kind = Token::Kind::kEnd, .span = {end, end}});
  return std::nullopt;
}

std::vector<Value> SplitList(const Value& value) {
  std::vector<Value> values;
  std::optional<uint32_t> bad;
  Value piece = value;
  piece.text.clear();
  piece.star = piece.at_end = false;
  for (const Char& c : ReadChars(value.text, &bad)) {
    if (!IsComma(c.c)) {
      AppendUtf8(c.c, &piece.text);
      continue;
    }
    if (!piece.text.empty()) values.push_back(piece);
    piece.text.clear();
  }
  piece.star = value.star;
  piece.at_end = value.at_end;
  if (!piece.text.empty()) values.push_back(std::move(piece));
  return values;
}

}  // namespace daftar::search::query

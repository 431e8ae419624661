#include "storage/search/query/terms.h"

#include <algorithm>
#include <utility>

#include "storage/base/uuid.h"
#include "storage/search/analysis/fold.h"
#include "storage/search/query/codes.h"
#include "storage/search/query/dates.h"
#include "storage/search/query/numbers.h"
#include "storage/search/query/script.h"
#include "storage/search/query/tree.h"

namespace daftar::search::query {
namespace {

using Op = Node::Op;
using Maybe = std::optional<Node>;

struct OperatorWord {
  std::string_view capitals, small;
  Operator meaning;
};
constexpr OperatorWord kOperators[] = {
    {"AND", "and", Operator::kAnd}, {"OR", "or", Operator::kOr},   {"NOT", "not", Operator::kNot},
    {"И", "и", Operator::kAnd},     {"ИЛИ", "или", Operator::kOr}, {"НЕ", "не", Operator::kNot},
};

// What an example of each way of reading looks like.
std::string_view ExampleOf(const FieldName& field) {
  switch (field.reads) {
    case Reads::kWords:
      return "clash";
    case Reads::kName:
      return field.field == Field::kId ? "sample:I01" : "\"a name\"";
    case Reads::kCode:
      return field.field == Field::kCountry ? "TJ" : field.field == Field::kGrade ? "B2" : "a_code";
    case Reads::kDays:
      return "2023-09";
    case Reads::kNumber:
      return ">=3";
    case Reads::kBox:
      return "36.6,67.3,41.1,75.2";
    case Reads::kNear:
      return "38.46,70.88,50";
  }
  return "";
}

// Reads the values of one term. Where several readings of one value are tried, the first that fits counts.
class TermReader {
 public:
  TermReader(bool negated, int32_t today) : negated_(negated), today_(today) {}

  std::optional<Problem>& problem() { return problem_; }

  // A term with neither a field of its own nor one around it.
  Maybe Bare(const Value& value) {
    if (value.quoted) return Words(value, Field::kAny);
    if (Maybe days = BareDays(value)) return days;
    if (problem_) return std::nullopt;
    const size_t colon = value.text.find(':');
    const size_t wide = value.text.find("：");
    if (size_t at = std::min(colon, wide); at != std::string::npos) {
      const std::string_view rest = std::string_view(value.text).substr(at + (at == colon ? 1 : 3));
      if (Maybe named = Colon(value, std::string_view(value.text).substr(0, at), rest)) return named;
      if (problem_) return std::nullopt;
    } else if (value.text.size() == 36 && Uuid::Parse(value.text)) {
      return Named(value, value.text, Field::kId);
    }
    return Words(value, Field::kAny);
  }

  // The values behind a field.
  Maybe OfField(const FieldName& field, const std::vector<Value>& values) {
    std::vector<Node> nodes;
    for (const Value& value : values) {
      Maybe node = One(field, value);
      if (problem_) return std::nullopt;
      if (!node) continue;
      // Codes of one field are one condition.
      if (node->op == Op::kCode && !nodes.empty()) {
        for (std::string& code : node->codes) {
          std::vector<std::string>& codes = nodes.front().codes;
          if (std::find(codes.begin(), codes.end(), code) == codes.end()) codes.push_back(std::move(code));
        }
      } else {
        nodes.push_back(*std::move(node));
      }
    }
    if (nodes.empty()) return std::nullopt;
    return Disjunction(std::move(nodes));
  }

 private:
  Maybe Fail(const Value& value, Complaint wrong) {
    if (wrong.instead) {
      const bool quote = value.quoted || wrong.instead->find(' ') != std::string::npos;
      wrong.instead = quote ? "\"" + *wrong.instead + "\"" : *wrong.instead;
    }
    problem_ = Problem{value.span, std::move(wrong.what), std::move(wrong.instead), value.span};
    return std::nullopt;
  }

  // Whether the value is the last thing written and long enough to be taken for a beginning.
  bool StillTyped(const Value& value, std::string_view text) const {
    return !negated_ && !value.quoted && value.at_end && value.text.ends_with(text) && CountLetters(text, 2) == 2;
  }

  Maybe BareDays(const Value& value) {
    if (value.star) return std::nullopt;
    Node node{.span = value.span};
    std::optional<Complaint> wrong;
    if (!ReadBareDays(value.text, &node, &wrong) && !ReadBareDays(WordsOf(value.text), &node, &wrong))
      return std::nullopt;
    if (wrong) return Fail(value, *std::move(wrong));
    return node;
  }

  // head:rest, where head is no field.
  Maybe Colon(const Value& value, std::string_view head, std::string_view rest) {
    if (rest.starts_with("//")) return std::nullopt;
    if (const FieldName* near = NearestField(head)) {
      const uint32_t end = value.span.begin + static_cast<uint32_t>(value.text.size() - rest.size());
      problem_ = Problem{
          .at = value.span,
          .what = "there is no field \"" + std::string(head) + ":\"; for an id of that name write id:" + value.text,
          .instead = std::string(near->name) + ":" + std::string(rest) + (value.star ? "*" : ""),
          .replaced = {value.span.begin, std::max(value.span.end, end)}};
      return std::nullopt;
    }
    const bool system =
        !head.empty() && head.size() <= 32 && ((head[0] | 0x20) >= 'a' && (head[0] | 0x20) <= 'z') &&
        std::all_of(head.begin(), head.end(), [](char c) {
          return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '_' || c == '-' || c == '.';
        });
    while (!rest.empty() && std::string_view(".,;:!?").find(rest.back()) != std::string_view::npos)
      rest.remove_suffix(1);
    if (!system || rest.empty()) return std::nullopt;
    return Named(value, std::string(head) + ":" + std::string(rest), Field::kId);
  }

  Maybe Named(const Value& value, std::string text, Field field) {
    const bool typed = field != Field::kId && text.find(':') == std::string::npos && StillTyped(value, text);
    return Node{
        .op = Op::kNamed, .span = value.span, .field = field, .text = std::move(text), .prefix = value.star || typed};
  }

  // A word or, where the value has several, a phrase; but the last of several that may go on is a word of its own,
  // since a phrase ends with a whole word.
  Maybe Words(const Value& value, Field field) {
    const std::string_view text = WordsOf(value.text);
    const size_t count = FoldedWords(text).size();
    if (count == 0) return std::nullopt;
    const bool prefix = !value.quoted && (value.star ? value.text.ends_with(text) : StillTyped(value, text));
    if (count == 1) {
      // A year that is meant as a word is so only in quotes.
      Node days;
      std::optional<Complaint> wrong;
      const bool exact = value.quoted || (field == Field::kAny && !prefix && ReadBareDays(text, &days, &wrong));
      return Node{.op = Op::kWord,
                  .span = value.span,
                  .field = field,
                  .text = Plain(text, value.quoted),
                  .prefix = prefix,
                  .exact = exact};
    }
    const std::vector<std::string_view> words = prefix ? SplitWords(text) : std::vector<std::string_view>();
    if (words.size() < 2 || FoldedWords(words.back()).size() != 1) {
      return Node{
          .op = Op::kPhrase, .span = value.span, .field = field, .text = std::string(text), .forgiving = !value.quoted};
    }
    std::vector<Node> nodes;
    for (std::string_view word : words) {
      Value piece{.text = std::string(word), .span = value.span};
      piece.star = nodes.size() + 1 == words.size();
      if (Maybe node = Words(piece, field)) nodes.push_back(*std::move(node));
    }
    return Conjunction(std::move(nodes));
  }

  // A word that reads as an operator in small letters, so that it stays a word wherever it is written again.
  static std::string Plain(std::string_view text, bool quoted) {
    for (const OperatorWord& word : kOperators) {
      if (!quoted && text == word.capitals) return std::string(word.small);
    }
    return std::string(text);
  }

  Maybe One(const FieldName& field, const Value& value) {
    Node node{.span = value.span, .field = field.field, .metric = field.metric};
    std::optional<Complaint> wrong;
    switch (field.reads) {
      case Reads::kWords:
        return Words(value, field.field);
      case Reads::kName: {
        const std::string_view text = field.field == Field::kId ? std::string_view(value.text) : WordsOf(value.text);
        if (text.empty()) return std::nullopt;
        return Named(value, std::string(text), field.field);
      }
      case Reads::kCode:
        node.op = Op::kCode;
        if (value.text.empty()) return std::nullopt;
        wrong = ReadCode(field.field, value.text, &node.codes);
        break;
      case Reads::kDays:
        if (value.text.empty()) return std::nullopt;
        wrong = ReadDays(field, value.text, today_, &node);
        break;
      case Reads::kNumber:
        if (value.text.empty()) return std::nullopt;
        wrong = ReadNumber(value.text, &node);
        break;
      case Reads::kBox:
      case Reads::kNear:
        if (value.text.empty()) return std::nullopt;
        wrong = field.reads == Reads::kBox ? ReadBox(value.text, &node) : ReadNear(value.text, &node);
        break;
    }
    if (wrong) return Fail(value, *std::move(wrong));
    return node;
  }

  const bool negated_;
  const int32_t today_;
  std::optional<Problem> problem_;
};

}  // namespace

Operator OperatorOf(const Token& token) {
  if (token.kind != Token::Kind::kTerm || token.field != nullptr || token.values.empty()) return Operator::kNone;
  const Value& value = token.values.front();
  if (value.quoted || value.star) return Operator::kNone;
  for (const OperatorWord& word : kOperators) {
    if (value.text == word.capitals) return word.meaning;
  }
  return Operator::kNone;
}

Problem EmptyValue(const Token& token, Span at) {
  const std::string name(token.field->name);
  return {
      .at = at,
      .what = "nothing stands behind \"" + name + ":\": write " + name + ":" + std::string(ExampleOf(*token.field))};
}

std::variant<Maybe, Problem> ReadTerm(const Token& token, const Token& next, const FieldName* field, bool negated,
                                      int32_t today) {
  TermReader reader(negated, today);
  const FieldName* own = token.field != nullptr ? token.field : field;
  Maybe node;
  if (own == nullptr) {
    node = reader.Bare(token.values.front());
  } else if (token.field != nullptr || !own->takes_list() || token.values.front().quoted) {
    node = reader.OfField(*own, token.values);
  } else {
    const std::vector<Value> values = SplitList(token.values.front());
    node = reader.OfField(*own, values);
    // Where in the text one of several stood is not known any more.
    if (reader.problem() && values.size() > 1) reader.problem()->instead.reset();
  }
  if (reader.problem()) return *std::move(reader.problem());
  if (token.loose_comma) {
    return Problem{.at = *token.loose_comma,
                   .what = "a list has no space behind its commas",
                   .instead = ",",
                   .replaced = *token.loose_comma};
  }
  if (!node && token.field != nullptr) {
    Problem empty = EmptyValue(token, token.span);
    // "actor: Taliban"
    if (token.values.empty() && next.kind == Token::Kind::kTerm && next.field == nullptr) {
      empty.instead = "";
      empty.replaced = {token.span.end, next.span.begin};
    }
    return empty;
  }
  if (node) node->span = token.span;
  return node;
}

}  // namespace daftar::search::query

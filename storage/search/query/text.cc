// Queries written as text. What is written here is read back by the parser as the same tree.
#include <algorithm>

#include "storage/search/query/codes.h"
#include "storage/search/query/dates.h"
#include "storage/search/query/numbers.h"
#include "storage/search/query/query.h"
#include "storage/search/query/script.h"

namespace daftar::search {
namespace query {
namespace {

using Op = Node::Op;

// Between quotes: quotation marks inside are spaces, as the lexer has it.
std::string Quoted(std::string_view text) {
  std::optional<uint32_t> bad;
  std::string quoted = "\"";
  for (const Char& c : ReadChars(text, &bad)) AppendUtf8(IsQuote(c.c) ? U' ' : c.c, &quoted);
  return quoted + "\"";
}

// Whether the lexer reads the text behind a field's colon as one value.
bool NeedsQuotes(std::string_view text) {
  std::optional<uint32_t> bad;
  const std::vector<Char> chars = ReadChars(text, &bad);
  return text.empty() || text.ends_with('*') || std::any_of(chars.begin(), chars.end(), [](const Char& c) {
           return IsSpace(c.c) || IsOpen(c.c) || IsClose(c.c) || IsQuote(c.c) || IsComma(c.c) || c.c == U'|';
         });
}

std::string NameValue(const Node& node) {
  return (NeedsQuotes(node.text) ? Quoted(node.text) : node.text) + (node.prefix ? "*" : "");
}

std::string Colon(std::string_view field) { return field.empty() ? "" : std::string(field) + ":"; }

// "actor:a,b" is any of several names of one field.
bool IsList(const Node& node) {
  return node.op == Op::kOr && std::all_of(node.children.begin(), node.children.end(), [&node](const Node& child) {
           return child.op == Op::kNamed && child.field == node.children.front().field;
         });
}

std::string Write(const Node& node);

// As it stands behind a "-" or among others that are all asked for.
std::string WriteOne(const Node& node) {
  const bool group = node.op == Op::kAnd || (node.op == Op::kOr && !IsList(node));
  return group ? "(" + Write(node) + ")" : Write(node);
}

std::string WriteAll(const Node& node) {
  std::string text;
  for (const Node& child : node.children) {
    if (child.op == Op::kEverything) continue;
    text += (text.empty() ? "" : " ") + WriteOne(child);
  }
  return text;
}

std::string WriteAny(const Node& node) {
  std::string text;
  if (IsList(node)) {
    for (const Node& child : node.children) text += (text.empty() ? "" : ",") + NameValue(child);
    return Colon(NameOf(node.children.front().field)) + text;
  }
  for (const Node& child : node.children) text += (text.empty() ? "" : " OR ") + Write(child);
  return text;
}

std::string Write(const Node& node) {
  switch (node.op) {
    case Op::kEverything:
      return "";
    case Op::kAnd:
      return WriteAll(node);
    case Op::kOr:
      return WriteAny(node);
    case Op::kNot:
      return "-" + WriteOne(node.children.front());
    case Op::kWord:
      return Colon(NameOf(node.field)) + (node.exact ? Quoted(node.text) : node.text + (node.prefix ? "*" : ""));
    case Op::kPhrase:
      return Colon(NameOf(node.field)) + Quoted(node.text);
    case Op::kNamed:
      return Colon(NameOf(node.field)) + NameValue(node);
    case Op::kCode:
      return Colon(NameOf(node.field)) + CodesText(node.field, node.codes);
    case Op::kDays:
      return DaysText(node);
    case Op::kNumber:
      return Colon(NameOf(node.metric)) + NumberText(node);
    case Op::kBox:
      return "box:" + BoxText(node.box);
  }
  return "";
}

// The leaf that is written last.
const Node& LastLeaf(const Node& node) { return node.children.empty() ? node : LastLeaf(node.children.back()); }

// Whether the parser would take a leaf at the very end for the beginning of a longer word.
bool MayGoOn(const Node& leaf) {
  if (leaf.prefix) return false;
  if (leaf.op == Op::kWord) return !leaf.exact;
  return leaf.op == Op::kNamed && leaf.field != Field::kId && leaf.text.find(':') == std::string::npos;
}

bool SameNode(const Node& a, const Node& b) {
  return a.op == b.op && a.field == b.field && a.text == b.text && a.prefix == b.prefix && a.exact == b.exact &&
         a.codes == b.codes && a.first_day == b.first_day && a.last_day == b.last_day && a.metric == b.metric &&
         a.least == b.least && a.most == b.most && a.box.south_e7 == b.box.south_e7 && a.box.west_e7 == b.box.west_e7 &&
         a.box.north_e7 == b.box.north_e7 && a.box.east_e7 == b.box.east_e7 &&
         std::equal(a.children.begin(), a.children.end(), b.children.begin(), b.children.end(), SameNode);
}

}  // namespace
}  // namespace query

std::string ToText(const Query& query) {
  std::string text = query::Write(query.root);
  if (query::MayGoOn(query::LastLeaf(query.root)) && !text.empty() && text.back() != '"' && text.back() != ')')
    text += ' ';
  return text;
}

bool SameQuery(const Query& a, const Query& b) { return query::SameNode(a.root, b.root); }

}  // namespace daftar::search

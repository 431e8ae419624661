#include "client/language/lists.h"

#include "client/language/say.h"

namespace daftar {
namespace {

const char* KeyOf(Joint joint) {
  switch (joint) {
    case Joint::kSemicolon:
      return "join.clauses";
    case Joint::kAnd:
      return "join.and";
    case Joint::kOr:
      return "join.or";
    case Joint::kComma:
      break;
  }
  return "join.plain";
}

}  // namespace

// Messages have no blanks at their ends, so what stands between is what is left around nothing.
std::string SayJoint(Joint joint) { return Say(KeyOf(joint), {{"first", ""}, {"next", ""}}); }

std::string SayList(const std::vector<std::string>& items, Joint last) {
  if (items.empty()) return "";
  if (items.size() == 1) return items.front();
  const bool word = last == Joint::kAnd || last == Joint::kOr;
  const std::string between = SayJoint(word ? Joint::kComma : last), before_last = SayJoint(last);
  std::string text;
  for (size_t i = 0; i < items.size(); ++i) {
    if (i > 0) text += i + 1 < items.size() ? between : before_last;
    text += items[i];
  }
  return text;
}

}  // namespace daftar

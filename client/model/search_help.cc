#include "client/model/search_help.h"

#include <algorithm>
#include <string_view>

#include "client/language/say.h"
#include "client/model/layout.h"

namespace daftar {
namespace {

struct Line {
  std::string_view written, means;  // what it means is the key of a message
};
constexpr Line kLines[] = {
    {"border clash", "query.words"},
    {"\"border post\" clash* -(drone OR mine)", "query.phrase"},
    {"title:  text:", "query.where"},
    {"actor:Ansarullah place:Darvoz", "query.who"},
    {"country:TJ kind:incident type:clash", "query.codes"},
    {"2023   date:2023-08..2023-10", "query.dates"},
    {"since:-2y until:2024-03  before:  after:", "query.since"},
    {"killed:>=3  wounded:1..5  roots:>1", "query.numbers"},
    {"has:conflict grade:B2 review:accepted", "query.quality"},
    {"is:pinned  note:bridge  tag:to-check", "query.own"},
};

}  // namespace

std::vector<SearchHelpLine> SearchHelp() {
  std::vector<SearchHelpLine> lines;
  for (const Line& line : kLines) lines.push_back({std::string(line.written), Say(line.means)});
  return lines;
}

std::string SearchHelpAsText() {
  const std::vector<SearchHelpLine> lines = SearchHelp();
  size_t width = 0;
  for (const SearchHelpLine& line : lines) width = std::max(width, DisplayWidth(line.written));
  std::string text;
  for (const SearchHelpLine& line : lines) text += "  " + Pad(line.written, width + 2) + line.means + "\n";
  return text;
}

}  // namespace daftar

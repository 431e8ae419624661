#include "client/model/search_help.h"

#include <algorithm>

#include "client/model/layout.h"

namespace daftar {
namespace {

constexpr SearchHelpLine kLines[] = {
    {"border clash", "both words, in any script and spelling; the last one may be the beginning of a word"},
    {"\"border post\" clash* -(drone OR mine)", "words side by side; words that begin so; not either of two"},
    {"title:  text:", "only in names and titles; only in what the sources say"},
    {"actor:Ansarullah place:Darvoz", "who took part, where; also source: and province:, by name or id"},
    {"country:TJ kind:incident type:clash", "a country, a kind of record, a code of any list; a,b is either"},
    {"2023   date:2023-08..2023-10", "a year; from the first day of the one to the last of the other"},
    {"since:-2y until:2024-03  before:  after:", "the last two years; to the end of March 2024"},
    {"killed:>=3  wounded:1..5  roots:>1", "numbers; also captured: missing: accounts:"},
    {"has:conflict grade:B2 review:accepted", "where sources disagree; grades, tag:, marking:, near:38.46,70.88,50"},
    {"is:pinned  note:bridge  tag:to-check", "what you keep yourself: bookmarks, words of your notes, tags"},
};

}  // namespace

std::span<const SearchHelpLine> SearchHelp() { return kLines; }

std::string SearchHelpAsText() {
  size_t width = 0;
  for (const SearchHelpLine& line : kLines) width = std::max(width, DisplayWidth(line.written));
  std::string text;
  for (const SearchHelpLine& line : kLines) {
    text += "  " + Pad(std::string(line.written), width + 2) + std::string(line.means) + "\n";
  }
  return text;
}

}  // namespace daftar

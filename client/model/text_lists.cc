// Lists, searches, the first page and the sync state as text: see text_page.h.
#include <algorithm>

#include "client/language/lists.h"
#include "client/language/say.h"
#include "client/model/home.h"
#include "client/model/keys_page.h"
#include "client/model/layout.h"
#include "client/model/list.h"
#include "client/model/search_model.h"
#include "client/model/sync_state.h"
#include "client/model/text_page.h"
#include "client/model/text_rows.h"
#include "client/model/words.h"

namespace daftar {
namespace {

constexpr size_t kDateWidth = 24;
constexpr size_t kKindWidth = 16;
// Of a group of facets; the JSON has more.
constexpr size_t kFacetsShown = 8;

// "type      clash 9 · infiltration 4", a group of lines for each field, under what a query calls it.
std::string FacetsAsText(const SearchPage& search, const TextOptions& options) {
  std::string out;
  for (const SearchFacetGroup& group : search.facets) {
    std::vector<std::string> values;
    for (const SearchFacetValue& value : group.values) {
      if (values.size() == kFacetsShown) break;
      values.push_back(value.label + "\u00A0" + SayNumber(static_cast<double>(value.count)));
    }
    if (values.size() < group.values.size()) values.push_back("…");
    out += Hanging(Pad(group.field + ":", 10), Join(values, " · "), TextWidth(options));
  }
  return out.empty() ? "" : "\n" + out;
}

}  // namespace

std::string MarkWords(const Marks& marks) {
  std::vector<std::string> words;
  if (marks.open) words.push_back(Say("mark.disagree"));
  if (marks.disagrees && !marks.open) words.push_back(Say("mark.settled"));
  if (marks.denied && !marks.disagrees) words.push_back(Say("mark.denied"));
  if (marks.pending) words.push_back(Say("mark.waiting"));
  if (marks.retired) words.push_back(Say("mark.retired"));
  return SayList(words, Joint::kSemicolon);
}

std::string RowAsText(const ListRow& row, const TextOptions& options) {
  std::string text = row.title;
  if (options.ids) text += "  [" + row.display_id + "]";
  std::vector<std::string> second = {row.kind_words};
  for (const std::string& part : {row.place, row.happened_words, MarkWords(row.marks)}) {
    if (!part.empty()) second.push_back(part);
  }
  text += "\n" + Join(second, " · ");
  if (!row.note.empty()) text += "\n" + row.note;
  if (!row.why.empty()) text += "\n" + Say("list.found_by", {{"why", row.why}});
  bool undated = row.date.empty() && row.kind == "incident";
  std::string date = undated ? Say("date.none") : row.date;
  size_t width = TextWidth(options);
  if (width < 2 * kDateWidth) return Hanging("- ", (date.empty() ? "" : date + ": ") + text, width);
  return SideBySide({date, text}, {kDateWidth, width - kDateWidth - 2});
}

size_t TextWidth(const TextOptions& options) { return std::max<size_t>(options.width, 40); }

std::string RowsAsText(const std::vector<ListRow>& rows, bool more, const TextOptions& options) {
  std::string out;
  for (const ListRow& row : rows) out += RowAsText(row, options);
  if (more) out += Say("list.more") + "\n";
  return out;
}

namespace {

// "Incidents (401 to 600 of 1,234)".
std::string CountedTitle(const List& list) {
  const char* key = list.first > 0 ? "list.span" : list.more ? "list.first" : "list.count";
  if (list.total > list.rows.size()) {
    key = list.first > 0 ? "list.span_of" : list.more ? "list.first_of" : "list.count_of";
  }
  const size_t last = list.first + list.rows.size();
  return Say(key, {{"title", list.title},
                   {"from", list.first + 1},
                   {"to", last},
                   {"count", list.rows.size()},
                   {"total", list.total}});
}

}  // namespace

std::string ListAsText(const List& list, const TextOptions& options) {
  if (list.rows.empty()) return Say("list.none", {{"title", list.title}}) + "\n";
  return CountedTitle(list) + "\n\n" + RowsAsText(list.rows, list.more, options);
}

std::string SearchAsText(const SearchPage& search, const TextOptions& options) {
  std::string out = search.words + "\n";
  if (search.problem) {
    out += search.problem->words + "\n  " + search.query + "\n  " + search.problem->mark + "\n";
    if (!search.problem->suggestion.empty()) {
      out += Say("search.suggestion", {{"query", search.problem->suggestion}}) + "\n";
    }
    return out;
  }
  for (const std::string& line : {search.respelt_words, search.behind_words, search.changed_words}) {
    if (!line.empty()) out += line + "\n";
  }
  out += (search.rows.empty() ? "" : "\n") + RowsAsText(search.rows, false, options);
  if (!search.own_rows.empty()) {
    out += Heading(search.own_words) + RowsAsText(search.own_rows, !search.own_address.empty(), options);
  }
  return out + FacetsAsText(search, options);
}

std::string KeysAsText(const KeysPage& page) {
  std::string text = Say("keys.title") + "\n\n";
  for (const KeysPage::Line& line : page.keys) {
    text += Say("keys.line_key", {{"sign", line.sign}, {"means", line.means}}) + "\n";
  }
  text += "\n";
  for (const KeysPage::Line& line : page.marks) text += line.sign + "  " + line.means + "\n";
  return text;
}

std::string HomeAsText(const Home& home, const TextOptions& options) {
  const std::string revision = SayNumber(static_cast<double>(home.revision));
  std::string out = Say("home.data", {{"age", home.data_age}, {"revision", revision}}) + "\n";
  size_t width = kKindWidth;
  for (const KindCount& count : home.counts) width = std::max(width, DisplayWidth(count.label) + 2);
  for (const KindCount& count : home.counts) {
    out += Pad(count.label, width) + SayNumber(static_cast<double>(count.count)) + "\n";
  }
  if (home.own) out += OwnHomeAsText(*home.own, options);
  if (home.latest.empty()) return out;
  out += Heading(Say("home.latest")) + RowsAsText(home.latest, false, options);
  if (home.open_disagreements > 0) out += "\n≠ " + Say("home.disagree", {{"count", home.open_disagreements}}) + "\n";
  return out;
}

std::string SyncAsText(const SyncPill& pill, const TextOptions& options) {
  std::string out;
  for (const std::string& line : Wrap(SayCapital(pill.words) + "\n" + pill.detail, TextWidth(options)))
    out += line + "\n";
  while (out.ends_with("\n\n")) out.pop_back();
  return out;
}

}  // namespace daftar

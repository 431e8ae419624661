// Lists, searches, the first page and the sync state as text: see text_page.h.
#include <algorithm>

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
// Of a group of facets; the JSON has more.
constexpr size_t kFacetsShown = 8;

// "type      clash 9 · infiltration 4", a group of lines for each field, under what a query calls it.
std::string FacetsAsText(const SearchPage& search, const TextOptions& options) {
  std::string out;
  for (const SearchFacetGroup& group : search.facets) {
    std::vector<std::string> values;
    for (const SearchFacetValue& value : group.values) {
      if (values.size() == kFacetsShown) break;
      values.push_back(value.label + "\u00A0" + NumberWords(static_cast<double>(value.count)));
    }
    if (values.size() < group.values.size()) values.push_back("…");
    out += Hanging(Pad(group.field + ":", 10), Join(values, " · "), TextWidth(options));
  }
  return out.empty() ? "" : "\n" + out;
}

}  // namespace

std::string MarkWords(const Marks& marks) {
  std::vector<std::string> words;
  if (marks.open) words.push_back("≠ sources disagree");
  if (marks.disagrees && !marks.open) words.push_back("≠ settled by an editor");
  if (marks.denied && !marks.disagrees) words.push_back("denied");
  if (marks.pending) words.push_back("waiting to be sent");
  if (marks.retired) words.push_back("retired");
  return Join(words, "; ");
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
  if (!row.why.empty()) text += "\nfound by " + row.why;
  bool undated = row.date.empty() && row.kind == "incident";
  std::string date = undated ? "no date" : row.date;
  size_t width = TextWidth(options);
  if (width < 2 * kDateWidth) return Hanging("- ", (date.empty() ? "" : date + ": ") + text, width);
  return SideBySide({date, text}, {kDateWidth, width - kDateWidth - 2});
}

size_t TextWidth(const TextOptions& options) { return std::max<size_t>(options.width, 40); }

std::string RowsAsText(const std::vector<ListRow>& rows, bool more, const TextOptions& options) {
  std::string out;
  for (const ListRow& row : rows) out += RowAsText(row, options);
  if (more) out += "… and more\n";
  return out;
}

std::string ListAsText(const List& list, const TextOptions& options) {
  if (list.rows.empty()) return list.title + ": none\n";
  const size_t last = list.first + list.rows.size();
  std::string count = (list.more ? "the first " : "") + NumberWords(static_cast<double>(list.rows.size()));
  if (list.first > 0)
    count = NumberWords(static_cast<double>(list.first + 1)) + " to " + NumberWords(static_cast<double>(last));
  if (list.total > list.rows.size()) count += " of " + NumberWords(static_cast<double>(list.total));
  return list.title + " (" + count + ")\n\n" + RowsAsText(list.rows, list.more, options);
}

std::string SearchAsText(const SearchPage& search, const TextOptions& options) {
  std::string out = search.words + "\n";
  if (search.problem) {
    out += search.problem->words + "\n  " + search.query + "\n  " + search.problem->mark + "\n";
    if (!search.problem->suggestion.empty()) out += "did you mean: " + search.problem->suggestion + "\n";
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
  std::string text = "Keys and marks\n\n";
  for (const KeysPage::Line& line : page.keys) text += line.sign + ": " + line.means + "\n";
  text += "\n";
  for (const KeysPage::Line& line : page.marks) text += line.sign + "  " + line.means + "\n";
  return text;
}

std::string HomeAsText(const Home& home, const TextOptions& options) {
  std::string out = "Data " + home.data_age + ", revision " + NumberWords(static_cast<double>(home.revision)) + "\n";
  for (const KindCount& count : home.counts) {
    out += Pad(count.label, 16) + NumberWords(static_cast<double>(count.count)) + "\n";
  }
  if (home.own) out += OwnHomeAsText(*home.own, options);
  if (home.latest.empty()) return out;
  out += Heading("Latest incidents") + RowsAsText(home.latest, false, options);
  if (home.open_disagreements > 0)
    out += "\n≠ sources disagree in " + std::to_string(home.open_disagreements) + " of them\n";
  return out;
}

std::string SyncAsText(const SyncPill& pill, const TextOptions& options) {
  std::string out;
  for (const std::string& line : Wrap(Capital(pill.words) + "\n" + pill.detail, TextWidth(options))) out += line + "\n";
  while (out.ends_with("\n\n")) out.pop_back();
  return out;
}

}  // namespace daftar

// What belongs to the reader alone, and what changed, as text: see text_page.h.
#include <algorithm>

#include "client/language/lists.h"
#include "client/language/say.h"
#include "client/model/changes_since.h"
#include "client/model/layout.h"
#include "client/model/own_pages.h"
#include "client/model/own_part.h"
#include "client/model/text_page.h"
#include "client/model/text_rows.h"
#include "client/model/words.h"

namespace daftar {
namespace {

std::string ChangedRowAsText(const ChangedRow& changed, const TextOptions& options) {
  std::string text = changed.what_words + ": " + changed.row.title;
  if (options.ids) text += "  [" + changed.row.display_id + "]";
  for (const ChangedField& field : changed.fields) text += "\n" + FieldAsText(field);
  if (!changed.more_words.empty()) text += "\n" + changed.more_words;
  if (!changed.who.empty()) text += "\n" + changed.who;
  return Hanging("- ", text, TextWidth(options));
}

std::string KindLines(const ChangesPage& page) {
  std::string out;
  for (const ChangedKind& kind : page.kinds) out += Pad(kind.label, 16) + kind.words + "\n";
  return out;
}

std::string SavedLineAsText(const SavedLine& line, const TextOptions& options) {
  std::string text = line.name;
  if (line.words != line.name) text += "\n" + line.words;
  text += "\n" + line.count_words;
  if (line.counted) text += "; " + (line.fresh_words.empty() ? Say("saved.nothing_new") : line.fresh_words);
  return Hanging(Pad(std::to_string(line.number) + ".", 4), text, TextWidth(options));
}

}  // namespace

std::string ChangesAsText(const ChangesPage& page, const TextOptions& options) {
  std::string out = page.words + "\n" + KindLines(page) + (page.rows.empty() ? "" : "\n");
  for (const ChangedRow& row : page.rows) out += ChangedRowAsText(row, options);
  return page.more_words.empty() ? out : out + "… " + page.more_words + "\n";
}

std::string MineAsText(const MinePage& page, const TextOptions& options) {
  if (page.empty()) return Hanging("", Say("own.empty"), TextWidth(options));
  std::string out;
  if (!page.pinned.empty()) {
    out += Heading(Say("own.bookmarks")) + RowsAsText(page.pinned, false, options);
    if (!page.pinned_more.empty()) out += "… " + page.pinned_more + "\n";
  }
  if (!page.tags.empty()) out += Heading(Say("own.tags_heading"));
  for (const MinePage::Tag& tag : page.tags)
    out += Hanging("- ", tag.tag + ": " + Say("own.tag_count", {{"count", tag.count}}), TextWidth(options));
  if (!page.notes.empty()) {
    out += Heading(Say("own.notes")) + RowsAsText(page.notes, false, options);
    if (!page.notes_more.empty()) out += "… " + page.notes_more + "\n";
  }
  return out;
}

std::string SavedAsText(const SavedPage& page, const TextOptions& options) {
  if (page.lines.empty()) return Hanging("", Say("saved.empty"), TextWidth(options));
  std::string out;
  for (const SavedLine& line : page.lines) out += SavedLineAsText(line, options);
  return out;
}

std::string OwnPartAsText(const OwnPart& own, const TextOptions& options) {
  if (!own.pinned && own.tags.empty() && own.note.empty()) return "";
  std::string out = Heading(Say("own.heading"));
  if (own.pinned) out += Say("own.pinned") + "\n";
  if (!own.tags.empty())
    out += Hanging("", Say("own.tags", {{"tags", SayList(own.tags, Joint::kComma)}}), TextWidth(options));
  if (!own.note.empty()) out += Hanging("", own.note, TextWidth(options));
  return out;
}

std::string OwnHomeAsText(const OwnHome& own, const TextOptions& options) {
  std::string out = Heading(Say("changes.since_title"));
  if (own.since) {
    out += ChangesAsText(*own.since, options);
  } else {
    out += Hanging("", own.since_words, TextWidth(options));
  }
  if (!own.saved.empty()) out += Heading(Say("saved.title"));
  for (const SavedLine& line : own.saved) out += SavedLineAsText(line, options);
  if (!own.pinned.empty()) out += Heading(Say("own.bookmarks")) + RowsAsText(own.pinned, false, options);
  if (!own.recent.empty()) out += Heading(Say("own.recent"));
  for (const RecentLine& line : own.recent) out += Hanging("- ", line.title + ", " + line.age, TextWidth(options));
  return out;
}

}  // namespace daftar

// The history of a record as text: see text_page.h.
#include "client/language/say.h"
#include "client/model/layout.h"
#include "client/model/record_history.h"
#include "client/model/text_page.h"
#include "client/model/text_rows.h"

namespace daftar {
namespace {

std::string OrNothing(const std::string& words) { return words.empty() ? Say("changes.nothing") : words; }

std::string StepAsText(const RecordHistory::Step& step, const TextOptions& options) {
  std::string text = Say("history.step", {{"head", step.head}, {"who", step.who}});
  if (!step.why.empty()) text += "\n" + Say("window.reason_was", {{"reason", step.why}});
  if (!step.made.empty()) text += "\n" + step.made;
  for (const ChangedField& field : step.fields) text += "\n" + FieldAsText(field);
  if (!step.more_words.empty()) text += "\n" + step.more_words;
  return Hanging("- ", text, TextWidth(options));
}

std::string ComparedAsText(const RecordHistory& page, const TextOptions& options) {
  if (page.compare_words.empty()) return "";
  std::string out = Heading(Say("history.compare")) + Hanging("", page.compare_words, TextWidth(options));
  for (const RecordHistory::Difference& difference : page.differences) {
    std::string text;
    for (const ChangedField& field : difference.fields) text += (text.empty() ? "" : "\n") + FieldAsText(field);
    out += Hanging("- ", text, TextWidth(options));
  }
  return page.compare_more.empty() ? out : out + "… " + page.compare_more + "\n";
}

}  // namespace

std::string FieldAsText(const ChangedField& field) {
  const std::string before = field.before_known ? OrNothing(field.before) : Say("changes.unknown");
  return Say("changes.from_to", {{"field", field.label}, {"before", before}, {"after", OrNothing(field.after)}});
}

std::string RecordHistoryAsText(const RecordHistory& page, const TextOptions& options) {
  std::string out = Say("history.page_title", {{"name", page.title}});
  if (options.ids && !page.record.id.empty()) out += " [" + page.record.id + "]";
  out = Hanging("", out, TextWidth(options)) + Hanging("", page.words, TextWidth(options));
  if (!page.limits.empty()) out += Hanging("", page.limits, TextWidth(options));
  out += ComparedAsText(page, options);
  if (!page.parked.empty()) out += Heading(Say("history.parked"));
  for (const ParkedChange& parked : page.parked) {
    const std::string mine = Say("history.side", {{"who", parked.mine_who}, {"value", OrNothing(parked.mine)}});
    const std::string theirs = Say("history.side", {{"who", parked.theirs_who}, {"value", OrNothing(parked.theirs)}});
    std::string text = parked.label + "\n" +
                       Say("history.value", {{"part", Say("history.base")}, {"value", OrNothing(parked.base)}}) + "\n" +
                       Say("history.value", {{"part", Say("history.mine")}, {"value", mine}}) + "\n" +
                       Say("history.value", {{"part", Say("history.theirs")}, {"value", theirs}});
    if (parked.settling) text += "\n" + Say("history.settling");
    out += Hanging("- ", text, TextWidth(options));
  }
  if (!page.steps.empty()) out += "\n";
  for (const RecordHistory::Step& step : page.steps) out += StepAsText(step, options);
  return page.more_words.empty() ? out : out + "… " + page.more_words + "\n";
}

}  // namespace daftar

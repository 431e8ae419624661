#include "client/model/text_page.h"

#include <algorithm>

#include "client/language/lists.h"
#include "client/language/say.h"
#include "client/model/layout.h"
#include "client/model/page.h"
#include "client/model/text_figures.h"
#include "client/model/text_rows.h"
#include "client/model/words.h"

namespace daftar {
namespace {

constexpr size_t kLabelWidth = 18;
constexpr size_t kNarrowestColumn = 20;
constexpr size_t kDeepestComment = 8;  // in steps of two columns

class Printer {
 public:
  Printer(const Page& page, const TextOptions& options) : page_(page), options_(options), width_(TextWidth(options)) {}

  std::string Print();

 private:
  void Head();
  void Facts();
  void Disagreements();
  void Accounts();
  void Seized();
  void Roles();
  void Sources();
  void Duplicates();
  void Judged();
  void Proposals();
  void Comments();
  void Sections();
  void Notes();
  void History();

  // A line with a label; nothing for an empty text.
  void Line(std::string_view label, std::string_view text) {
    if (text.empty()) return;
    std::string first = Pad(std::string(label), kLabelWidth);
    if (!first.ends_with(' ')) first += "  ";  // a label that is longer
    out_ += Hanging(first, text, width_);
  }
  std::string LinkText(const PageLink& link) const {
    return options_.ids && !link.id.empty() ? link.text + " [" + link.id + "]" : link.text;
  }
  void AccountsAsColumns();
  void AccountsOneBelowTheOther();

  const Page& page_;
  const TextOptions& options_;
  const size_t width_;
  std::string out_;
};

// What stands above the values of an account, and below them.
struct AccountLine {
  std::string label, text;
};

std::vector<AccountLine> LinesAbove(const AccountColumn& account) {
  std::vector<AccountLine> lines = {
      {Say("text.source"),
       account.source.text + (account.citation > 0 ? " (" + SayNumber(account.citation) + ")" : "")},
      {Say("text.said_by"), account.said_by.text},
      {Say("text.rests_on"), account.lineage.text},
      {Say("text.grade"), account.grade + ": " + account.grade_words}};
  if (account.confidence) {
    lines.push_back({Say("text.confidence"), Say("text.of_100", {{"number", SayNumber(*account.confidence)}})});
  }
  return lines;
}

std::string QuotedWords(const std::string& text) { return text.empty() ? "" : Say("text.quoted", {{"text", text}}); }

std::vector<AccountLine> LinesBelow(const AccountColumn& account) {
  return {{Say("text.summary"), account.summary}, {Say("text.wording"), QuotedWords(account.wording)},
          {Say("text.odd"), account.anomaly},     {Say("text.note"), account.note},
          {Say("text.marking"), account.marking}, {Say("text.entered"), account.added}};
}

std::string CellText(const Cell& cell) {
  std::string text = (cell.marks.disagrees ? "≠ " : "") + cell.text;
  if (cell.marks.shown && !cell.text.empty()) text += " ◂";
  if (cell.marks.finer) text = Say("text.finer", {{"value", text}});
  if (!cell.anomaly.empty()) text = Say("text.cell_odd", {{"value", text}, {"anomaly", cell.anomaly}});
  return text;
}

void Printer::Head() {
  out_ += Hanging("", page_.title, width_);
  std::string line = page_.subtitle + (options_.ids ? "  [" + page_.display_id + "]" : "");
  out_ += Hanging("", line, width_);
  for (const PageName& name : page_.names) {
    std::vector<std::string> about;
    for (const std::string& part : {name.lang, name.script, name.note}) {
      if (!part.empty()) about.push_back(part);
    }
    out_ += Hanging("  ", name.text + (about.empty() ? "" : " (" + SayList(about, Joint::kComma) + ")"), width_);
  }
  if (page_.retired) {
    const std::string& plain = page_.retirement;
    const std::string record = LinkText(page_.replaced_by);
    const bool replaced = !page_.replaced_by.empty();
    out_ +=
        Hanging("!! ", replaced ? Say("text.replaced_by", {{"retirement", plain}, {"record", record}}) : plain, width_);
  }
  if (!page_.happened) out_ += Hanging("!! ", page_.happened_words, width_);
  if (page_.stub) out_ += Hanging("!! ", Say("text.stub"), width_);
  if (page_.pending) out_ += Hanging("!! ", Say("text.pending"), width_);
  out_ += "\n";
}

void Printer::Facts() {
  Line(Say("text.status"), page_.status.words);
  for (const Fact& fact : page_.facts) {
    std::string text = (fact.value.marks.open ? "≠ " : "") + fact.value.text;
    if (!fact.disagreement.empty()) text += " (" + fact.disagreement + ")";
    if (!fact.how.empty()) text += " — " + fact.how;
    if (!fact.reason.empty()) text += ": " + fact.reason;
    Line(fact.label, text);
  }
  Line(Say("text.told_by"), page_.roots);
}

void Printer::Disagreements() {
  if (page_.disagreements.empty()) return;
  out_ += Heading(Say("text.disagree"));
  for (const Disagreement& disagreement : page_.disagreements) out_ += Hanging("≠ ", disagreement.words, width_);
}

void Printer::AccountsAsColumns() {
  size_t count = page_.accounts.size();
  size_t room = (width_ - kLabelWidth - 2 * count) / count;
  std::vector<size_t> widths(count + 1, room);
  widths[0] = kLabelWidth - 2;
  auto row = [&](const std::string& label, const std::vector<std::string>& texts) {
    if (std::all_of(texts.begin(), texts.end(), [](const std::string& text) { return text.empty(); })) return;
    std::vector<std::string> cells = {label};
    cells.insert(cells.end(), texts.begin(), texts.end());
    out_ += SideBySide(cells, widths);
  };
  auto rows_of = [&](auto lines_of) {
    std::vector<std::vector<AccountLine>> all;
    for (const AccountColumn& account : page_.accounts) all.push_back(lines_of(account));
    for (size_t line = 0; line < all.front().size(); ++line) {
      std::vector<std::string> texts;
      for (const auto& lines : all) texts.push_back(line < lines.size() ? lines[line].text : "");
      row(all.front()[line].label, texts);
    }
  };
  std::vector<std::string> labels;
  for (const AccountColumn& account : page_.accounts) labels.push_back("(" + account.label + ")");
  row("", labels);
  rows_of(LinesAbove);
  for (const AttributeRow& attribute : page_.rows) {
    std::vector<std::string> texts;
    for (const Cell& cell : attribute.cells) texts.push_back(CellText(cell));
    row(attribute.label, texts);
  }
  rows_of(LinesBelow);
}

void Printer::AccountsOneBelowTheOther() {
  for (size_t i = 0; i < page_.accounts.size(); ++i) {
    const AccountColumn& account = page_.accounts[i];
    out_ += (i == 0 ? "" : "\n") + ("(" + account.label + ")") + "\n";
    for (const AccountLine& line : LinesAbove(account)) Line("  " + line.label, line.text);
    for (const AttributeRow& attribute : page_.rows) Line("  " + attribute.label, CellText(attribute.cells[i]));
    for (const AccountLine& line : LinesBelow(account)) Line("  " + line.label, line.text);
  }
}

void Printer::Accounts() {
  if (page_.accounts.empty()) return;
  out_ += Heading(Say("text.accounts"));
  if (page_.accounts.size() > 1) out_ += Hanging("", Say("text.accounts_marks"), width_);
  size_t needed = kLabelWidth + page_.accounts.size() * (kNarrowestColumn + 2);
  if (page_.accounts.size() > 1 && options_.columns && width_ >= needed) {
    AccountsAsColumns();
  } else {
    AccountsOneBelowTheOther();
  }
}

void Printer::Seized() {
  if (page_.seized.empty()) return;
  out_ += Heading(Say("text.seized"));
  size_t wording = width_ > 62 ? width_ - 60 : width_;
  for (const SeizedRow& row : page_.seized) {
    std::string what = row.what + (row.model.empty() ? "" : " " + row.model);
    std::string who = page_.accounts[static_cast<size_t>(row.account) - 1].label;
    std::string words = QuotedWords(row.wording);
    if (!row.anomaly.empty()) words += (words.empty() ? "" : " ") + Say("text.odd_is", {{"anomaly", row.anomaly}});
    if (width_ > 62) {
      out_ += SideBySide({who, what, row.quantity, words}, {8, 24, 20, wording - 2});
    } else {
      const std::string line =
          Say("text.seized_line", {{"item", what}, {"quantity", row.quantity}, {"who", who}, {"words", words}});
      out_ += Hanging("- ", line, width_);
    }
  }
}

void Printer::Roles() {
  if (page_.roles.empty()) return;
  out_ += Heading(Say("text.took_part"));
  for (const RoleRow& role : page_.roles) {
    std::string text = LinkText(role.actor);
    if (!role.office.empty()) text = Say("text.as_office", {{"actor", text}, {"office", role.office.text}});
    std::vector<std::string> about;
    for (const std::string& part : {role.role, role.inter}) {
      if (!part.empty()) about.push_back(part);
    }
    if (!about.empty()) text = Say("text.role_about", {{"actor", text}, {"about", SayList(about, Joint::kComma)}});
    out_ += Hanging("- ", Say("text.role_who", {{"role", text}, {"who", role.who}}), width_);
  }
}

void Printer::Sections() {
  for (const Section& section : page_.sections) {
    out_ += Heading(section.title) + RowsAsText(section.rows, section.more, options_);
  }
}

void Printer::Duplicates() {
  if (page_.duplicates.empty()) return;
  out_ += Heading(Say("duplicate.heading")) + Hanging("", Say("duplicate.explain"), width_);
  for (const Suspicion& suspicion : page_.duplicates) {
    std::string text = suspicion.row.title;
    if (options_.ids) text += " [" + suspicion.row.display_id + "]";
    for (const std::string& reason : suspicion.reasons) text += "\n" + reason;
    out_ += Hanging("- ", text, width_);
  }
}

void Printer::Judged() {
  if (page_.judged.empty()) return;
  out_ += Heading(Say("judged.heading"));
  for (const JudgedRow& row : page_.judged) {
    std::string text = row.words;
    if (options_.ids) text += " [" + row.other.id + "]";
    if (!row.reason.empty()) text = Say("judged.line", {{"words", text}, {"reason", row.reason}});
    out_ += Hanging("- ", text, width_);
  }
}

void Printer::Proposals() {
  if (page_.proposals.empty()) return;
  out_ += Heading(Say("review.proposals"));
  for (const ProposalRow& row : page_.proposals) {
    std::string text =
        Say("review.proposal", {{"state", row.state}, {"who", row.who}, {"when", row.when}, {"why", row.why}});
    if (options_.ids) text += " [" + std::to_string(row.key) + "]";
    if (row.pending) text += "\n" + Say("history.waiting");
    for (const ProposalRow::Change& change : row.changes)
      text += "\n" + FieldAsText({change.label, change.before, change.after});
    if (!row.more_words.empty()) text += "\n… " + row.more_words;
    if (!row.newer.empty()) text += "\n!! " + row.newer;
    if (!row.answer.empty()) {
      text += "\n" + Say("review.answered", {{"who", row.reviewer}, {"answer", row.answer}});
    } else if (!row.reviewer.empty()) {
      text += "\n" + Say("review.decided", {{"who", row.reviewer}});
    }
    out_ += Hanging("- ", text, width_);
  }
}

void Printer::Comments() {
  if (page_.comments.empty()) return;
  out_ += Heading(Say("review.comments"));
  for (const CommentRow& row : page_.comments) {
    const char* const key = row.part.empty() ? "review.comment" : "review.comment_on";
    std::string text = Say(key, {{"who", row.who}, {"when", row.when}, {"part", row.part}, {"text", row.text}});
    if (row.done) text = Say("review.done", {{"comment", text}});
    if (options_.ids) text += " [" + std::to_string(row.key) + "]";
    if (row.pending) text += "\n" + Say("history.waiting");
    out_ += Hanging(std::string(2 * std::min(row.depth, kDeepestComment), ' ') + "- ", text, width_);
  }
}

void Printer::Sources() {
  if (page_.sources.empty()) return;
  out_ += Heading(Say("text.sources"));
  for (const Citation& citation : page_.sources) {
    std::string text = citation.text + (options_.ids ? " [" + citation.source.id + "]" : "");
    if (!citation.lineage.text.empty()) {
      text += "\n" + Say("text.source_rests_on", {{"lineage", citation.lineage.text}});
    }
    out_ += Hanging(Pad(SayNumber(citation.number) + ".", 4), text, width_);
  }
}

void Printer::Notes() {
  if (!page_.notes.empty()) out_ += Heading(Say("text.notes")) + Hanging("", page_.notes, width_);
  out_ += "\n";
  Line(Say("text.tags"), SayList(page_.tags, Joint::kComma));
  std::vector<std::string> ids;
  for (const Page::ExternalId& external : page_.externals) {
    ids.push_back(external.text + (external.url.empty() ? "" : " " + external.url));
  }
  Line(Say("text.other_ids"), SayList(ids, Joint::kComma));
  Line(Say("text.marking"), page_.marking);
  Line(Say("text.review"), page_.review);
  Line(Say("text.address"), page_.address);
}

void Printer::History() {
  if (page_.history.empty()) return;
  out_ += Heading(Say("text.history"));
  for (const HistoryRow& row : page_.history) {
    std::string revision =
        row.revision == 0 ? Say("history.waiting_short") : SayNumber(static_cast<double>(row.revision));
    const std::string who = row.who.empty() ? Say("history.somebody") : row.who;
    const std::string changes = SayList(row.changes, Joint::kSemicolon);
    const std::string text = Say(row.why.empty() ? "history.line" : "history.line_why",
                                 {{"when", row.when}, {"who", who}, {"changes", changes}, {"why", row.why}});
    out_ += Hanging(Pad(revision, 9), text, width_);
  }
}

std::string Printer::Print() {
  Head();
  Facts();
  Disagreements();
  Accounts();
  Seized();
  Roles();
  out_ += FiguresAsText(page_.figures, options_);
  Judged();
  Duplicates();
  Sections();
  Sources();
  Notes();
  Proposals();
  Comments();
  if (page_.own) out_ += OwnPartAsText(*page_.own, options_);
  History();
  return std::move(out_);
}

}  // namespace

std::string PageAsText(const Page& page, const TextOptions& options) { return Printer(page, options).Print(); }

}  // namespace daftar

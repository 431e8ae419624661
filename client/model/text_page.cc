#include "client/model/text_page.h"

#include <algorithm>

#include "client/model/layout.h"
#include "client/model/page.h"
#include "client/model/text_figures.h"
#include "client/model/text_rows.h"
#include "client/model/words.h"

namespace daftar {
namespace {

constexpr size_t kLabelWidth = 18;
constexpr size_t kNarrowestColumn = 20;

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
  void Sections();
  void Notes();
  void History();

  // A line with a label; nothing for an empty text.
  void Line(std::string_view label, std::string_view text) {
    if (!text.empty()) out_ += Hanging(Pad(std::string(label), kLabelWidth), text, width_);
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
      {"Source", account.source.text + (account.citation > 0 ? " (" + std::to_string(account.citation) + ")" : "")},
      {"Said by", account.said_by.text},
      {"Rests on", account.lineage.text},
      {"Grade", account.grade + ": " + account.grade_words}};
  if (account.confidence) lines.push_back({"Confidence", std::to_string(*account.confidence) + " of 100"});
  return lines;
}

std::vector<AccountLine> LinesBelow(const AccountColumn& account) {
  return {{"Summary", account.summary}, {"Wording", account.wording.empty() ? "" : "“" + account.wording + "”"},
          {"Odd", account.anomaly},     {"Note", account.note},
          {"Marking", account.marking}, {"Entered", account.added}};
}

std::string CellText(const Cell& cell) {
  std::string text = (cell.marks.disagrees ? "≠ " : "") + cell.text;
  if (cell.marks.shown && !cell.text.empty()) text += " ◂";
  if (cell.marks.finer) text += " (more precise)";
  if (!cell.anomaly.empty()) text += " [odd: " + cell.anomaly + "]";
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
    out_ += Hanging("  ", name.text + (about.empty() ? "" : " (" + Join(about, ", ") + ")"), width_);
  }
  if (page_.retired) {
    std::string replaced = page_.replaced_by.empty() ? "" : "; replaced by " + LinkText(page_.replaced_by);
    out_ += Hanging("!! ", page_.retirement + replaced, width_);
  }
  if (!page_.happened) out_ += Hanging("!! ", page_.happened_words, width_);
  if (page_.stub) out_ += Hanging("!! ", "a stub: the rest of this record is outside of what is held here", width_);
  if (page_.pending) out_ += Hanging("!! ", "some of this waits to be sent", width_);
  out_ += "\n";
}

void Printer::Facts() {
  Line("Status", page_.status.words);
  for (const Fact& fact : page_.facts) {
    std::string text = (fact.value.marks.open ? "≠ " : "") + fact.value.text;
    if (!fact.disagreement.empty()) text += " (" + fact.disagreement + ")";
    if (!fact.how.empty()) text += " — " + fact.how;
    if (!fact.reason.empty()) text += ": " + fact.reason;
    Line(fact.label, text);
  }
  Line("Told by", page_.roots);
}

void Printer::Disagreements() {
  if (page_.disagreements.empty()) return;
  out_ += Heading("Where the sources disagree");
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
  out_ += Heading("Accounts");
  if (page_.accounts.size() > 1) out_ += Hanging("", "◂ the value that the page shows; ≠ contradicts it", width_);
  size_t needed = kLabelWidth + page_.accounts.size() * (kNarrowestColumn + 2);
  if (page_.accounts.size() > 1 && options_.columns && width_ >= needed) {
    AccountsAsColumns();
  } else {
    AccountsOneBelowTheOther();
  }
}

void Printer::Seized() {
  if (page_.seized.empty()) return;
  out_ += Heading("Seized");
  size_t wording = width_ > 62 ? width_ - 60 : width_;
  for (const SeizedRow& row : page_.seized) {
    std::string what = row.what + (row.model.empty() ? "" : " " + row.model);
    std::string who = page_.accounts[static_cast<size_t>(row.account) - 1].label;
    std::string words = row.wording.empty() ? "" : "“" + row.wording + "”";
    if (!row.anomaly.empty()) words += (words.empty() ? "odd: " : " odd: ") + row.anomaly;
    if (width_ > 62) {
      out_ += SideBySide({who, what, row.quantity, words}, {8, 24, 20, wording - 2});
    } else {
      out_ += Hanging("- ", what + ": " + row.quantity + " (" + who + ") " + words, width_);
    }
  }
}

void Printer::Roles() {
  if (page_.roles.empty()) return;
  out_ += Heading("Who took part");
  for (const RoleRow& role : page_.roles) {
    std::string text = LinkText(role.actor);
    if (!role.office.empty()) text += ", as " + role.office.text;
    std::vector<std::string> about;
    for (const std::string& part : {role.role, role.inter}) {
      if (!part.empty()) about.push_back(part);
    }
    if (!about.empty()) text += ": " + Join(about, ", ");
    out_ += Hanging("- ", text + " (" + role.who + ")", width_);
  }
}

void Printer::Sections() {
  for (const Section& section : page_.sections) {
    out_ += Heading(section.title) + RowsAsText(section.rows, section.more, options_);
  }
}

void Printer::Sources() {
  if (page_.sources.empty()) return;
  out_ += Heading("Sources");
  for (const Citation& citation : page_.sources) {
    std::string text = citation.text + (options_.ids ? " [" + citation.source.id + "]" : "");
    if (!citation.lineage.text.empty()) text += "\nrests on: " + citation.lineage.text;
    out_ += Hanging(Pad(std::to_string(citation.number) + ".", 4), text, width_);
  }
}

void Printer::Notes() {
  if (!page_.notes.empty()) out_ += Heading("Notes") + Hanging("", page_.notes, width_);
  out_ += "\n";
  Line("Tags", Join(page_.tags, ", "));
  std::vector<std::string> ids;
  for (const Page::ExternalId& external : page_.externals) {
    ids.push_back(external.text + (external.url.empty() ? "" : " " + external.url));
  }
  Line("Other ids", Join(ids, ", "));
  Line("Marking", page_.marking);
  Line("Review", page_.review);
  Line("Address", page_.address);
}

void Printer::History() {
  if (page_.history.empty()) return;
  out_ += Heading("History");
  for (const HistoryRow& row : page_.history) {
    std::string revision = row.revision == 0 ? "waiting" : std::to_string(row.revision);
    std::string text = row.when + ", " + (row.who.empty() ? "somebody" : row.who) + ": " + Join(row.changes, "; ");
    if (!row.why.empty()) text += " — " + row.why;
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
  Sections();
  Sources();
  Notes();
  if (page_.own) out_ += OwnPartAsText(*page_.own, options_);
  History();
  return std::move(out_);
}

}  // namespace

std::string PageAsText(const Page& page, const TextOptions& options) { return Printer(page, options).Print(); }

}  // namespace daftar

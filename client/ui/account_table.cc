// Accounts side by side: a column for each, a row for each attribute.
#include <algorithm>

#include "client/language/say.h"
#include "client/ui/panels.h"
#include "imgui.h"

namespace daftar::ui {
namespace {

constexpr float kLabelWidth = 118, kColumnWidth = 178;

// The signs before a value. Their meaning stands below the table, and in words under the mouse.
std::string Signs(const Marks& marks) {
  std::string out;
  if (marks.disagrees) out += "≠ ";
  if (marks.shown) out += "✓ ";
  if (marks.finer) out += "⊂ ";
  if (marks.denied) out += "✗ ";
  if (marks.alleged || marks.expected) out += "? ";
  if (marks.pending) out += "↑ ";
  return out;
}

std::string SignWords(const Marks& marks) {
  std::string out;
  auto add = [&](bool holds, std::string_view key) {
    if (!holds) return;
    if (!out.empty()) out += "\n";
    out += Say(key);
  };
  add(marks.disagrees && marks.open, "window.sign.open");
  add(marks.disagrees && !marks.open, "window.sign.settled");
  add(marks.shown, "window.sign.shown");
  add(marks.finer, "window.sign.finer");
  add(marks.denied, "window.sign.denied");
  add(marks.alleged, "window.sign.alleged");
  add(marks.expected, "window.sign.expected");
  add(marks.pending, "window.sign.pending");
  return out;
}

void Label(Ui& ui, const std::string& text) {
  ImGui::TableNextRow();
  ImGui::TableNextColumn();
  ui.Text(text, {Face::kSmall, &ui.theme().muted});
}

void DrawCell(Ui& ui, const Cell& cell) {
  ImGui::TableNextColumn();
  const Theme& theme = ui.theme();
  if (cell.text.empty()) {
    ui.Text("–", {Face::kBody, &theme.muted});
    return;
  }
  if (cell.marks.disagrees) ImGui::TableSetBgColor(ImGuiTableBgTarget_CellBg, ImGui::GetColorU32(theme.amber_paper));
  ImGui::BeginGroup();
  ui.Rich(Signs(cell.marks) + cell.text, cell.links, {cell.marks.shown ? Face::kBold : Face::kBody});
  if (!cell.anomaly.empty()) ui.Text("⚠ " + cell.anomaly, {Face::kSmall, &theme.amber});
  ImGui::EndGroup();
  std::string words = SignWords(cell.marks);
  if (!words.empty()) ui.Help(words);
}

// The head of a column: which source it is, who spoke.
void DrawColumnHead(Ui& ui, const AccountColumn& account) {
  ImGui::TableNextColumn();
  const Theme& theme = ui.theme();
  ImGui::TableSetBgColor(ImGuiTableBgTarget_CellBg, ImGui::GetColorU32(theme.panel));
  std::string head = SayNumber(account.number) + "  " + account.source.text;
  ui.Rich(head, std::span(&account.source, 1), {Face::kBold});
  std::string grade = account.label;
  if (!account.grade.empty()) grade += "  ·  " + account.grade;
  ui.Text(grade, {Face::kSmall, &theme.muted});
  if (!account.grade_words.empty()) ui.Help(account.grade_words);
}

// A row with one text for each account; left out if nobody has any.
template <typename TextOf>
void DrawTextRow(Ui& ui, const Page& page, std::string_view key, TextStyle style, TextOf text_of) {
  bool any = std::any_of(page.accounts.begin(), page.accounts.end(),
                         [&](const AccountColumn& account) { return !text_of(account).empty(); });
  if (!any) return;
  Label(ui, Say(key));
  for (const AccountColumn& account : page.accounts) {
    ImGui::TableNextColumn();
    ui.Text(text_of(account), style);
  }
}

std::string Speech(const AccountColumn& account) {
  std::string out = account.stance;
  if (!account.modality.empty()) out += (out.empty() ? "" : ", ") + account.modality;
  if (account.confidence) out += " " + Say("window.confidence", {{"number", *account.confidence}});
  return out;
}

std::string Contradicted(const AccountColumn& account) {
  std::string numbers;
  for (int number : account.contradicts) numbers += (numbers.empty() ? "" : ", ") + SayNumber(number);
  return numbers.empty() ? "" : Say("window.contradicts_which", {{"numbers", numbers}});
}

void DrawProvenance(Ui& ui, const Page& page) {
  const TextStyle small{Face::kSmall};
  bool any_speaker = std::any_of(page.accounts.begin(), page.accounts.end(),
                                 [](const AccountColumn& account) { return !account.said_by.empty(); });
  if (any_speaker) {
    Label(ui, Say("window.said_by"));
    for (const AccountColumn& account : page.accounts) {
      ImGui::TableNextColumn();
      ui.Rich(account.said_by.text, std::span(&account.said_by, 1));
    }
  }
  Label(ui, Say("window.rests_on"));
  for (const AccountColumn& account : page.accounts) {
    ImGui::TableNextColumn();
    if (account.lineage.text.empty()) {
      ui.Text(Say("window.not_known"), {Face::kSmall, &ui.theme().muted});
    } else {
      ui.Rich(account.lineage.text, account.lineage.links, small);
    }
  }
  DrawTextRow(ui, page, "window.told_as", small, Speech);
}

void DrawWords(Ui& ui, const Page& page) {
  const TextStyle small{Face::kSmall}, muted{Face::kSmall, &ui.theme().muted}, amber{Face::kSmall, &ui.theme().amber};
  DrawTextRow(ui, page, "window.in_its_words", small, [](const AccountColumn& a) {
    return a.wording.empty() ? "" : Say("window.quoted", {{"text", a.wording}});
  });
  DrawTextRow(ui, page, "window.summary", small, [](const AccountColumn& a) { return a.summary; });
  DrawTextRow(ui, page, "window.contradicts", amber, Contradicted);
  DrawTextRow(ui, page, "window.odd", amber,
              [](const AccountColumn& a) { return a.anomaly.empty() ? "" : "⚠ " + a.anomaly; });
  DrawTextRow(ui, page, "window.note", small, [](const AccountColumn& a) { return a.note; });
  DrawTextRow(ui, page, "window.marking", muted, [](const AccountColumn& a) { return a.marking; });
  DrawTextRow(ui, page, "window.added", muted, [](const AccountColumn& a) { return a.added; });
}

void DrawTable(Ui& ui, const Page& page) {
  int columns = static_cast<int>(page.accounts.size()) + 1;
  if (!ImGui::BeginTable("accounts", columns, ImGuiTableFlags_Borders)) return;
  ImGui::TableSetupColumn("attribute", ImGuiTableColumnFlags_WidthFixed, ui.Px(kLabelWidth));
  for (const AccountColumn& account : page.accounts) {
    ImGui::TableSetupColumn("account", ImGuiTableColumnFlags_WidthStretch, 1, static_cast<ImGuiID>(account.key));
  }
  ImGui::TableNextRow();
  ImGui::TableNextColumn();
  ImGui::TableSetBgColor(ImGuiTableBgTarget_CellBg, ImGui::GetColorU32(ui.theme().panel));
  for (const AccountColumn& account : page.accounts) DrawColumnHead(ui, account);
  DrawProvenance(ui, page);
  for (const AttributeRow& row : page.rows) {
    Label(ui, row.open ? "≠ " + row.label : row.label);
    for (const Cell& cell : row.cells) DrawCell(ui, cell);
  }
  DrawWords(ui, page);
  ImGui::EndTable();
}

}  // namespace

void DrawAccounts(Ui& ui, const Page& page) {
  float room = ImGui::GetContentRegionAvail().x;
  float wanted = ui.Px(kLabelWidth + kColumnWidth * static_cast<float>(page.accounts.size()));
  if (wanted <= room) {
    DrawTable(ui, page);
  } else {
    // Many accounts: the table is scrolled sideways, in a child as high as the table was in the last frame.
    ImGuiStorage* storage = ImGui::GetStateStorage();
    ImGuiID key = ImGui::GetID("height of accounts");
    float height = storage->GetFloat(key, ui.Px(600));
    ImGui::SetNextWindowContentSize({wanted, 0});
    ImGui::BeginChild("sideways", {0, height + ImGui::GetStyle().ScrollbarSize}, false,
                      ImGuiWindowFlags_HorizontalScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
    DrawTable(ui, page);
    float used = ImGui::GetCursorPosY() + ui.Px(2);
    ImGui::EndChild();
    storage->SetFloat(key, used);
  }
  ui.Text(Say("window.legend"), {Face::kSmall, &ui.theme().muted});
}

}  // namespace daftar::ui

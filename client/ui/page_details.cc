// What a page says below its accounts.
#include "client/ui/panels.h"
#include "imgui.h"

namespace daftar::ui {
namespace {

void SectionHeading(Ui& ui, const std::string& title) {
  ImGui::Dummy({0, ui.Px(12)});
  ui.Heading(title);
  ImGui::Dummy({0, ui.Px(2)});
}

bool BeginColumns(Ui& ui, const char* id, std::initializer_list<const char*> titles) {
  if (!ImGui::BeginTable(id, static_cast<int>(titles.size()), ImGuiTableFlags_BordersInnerH)) return false;
  ImGui::TableNextRow();
  for (const char* title : titles) {
    ImGui::TableNextColumn();
    ui.Text(title, {Face::kSmall, &ui.theme().muted});
  }
  return true;
}

void TextCell(Ui& ui, const std::string& text, TextStyle style = {}) {
  ImGui::TableNextColumn();
  ui.Text(text, style);
}

void LinkCell(Ui& ui, const PageLink& link) {
  ImGui::TableNextColumn();
  ui.Rich(link.text, std::span(&link, 1));
}

void DrawRoles(Ui& ui, const Page& page) {
  if (page.roles.empty()) return;
  SectionHeading(ui, "Who took part");
  if (!BeginColumns(ui, "roles", {"Actor", "Part", "Named as", "Accounts"})) return;
  for (const RoleRow& role : page.roles) {
    ImGui::TableNextRow();
    LinkCell(ui, role.actor);
    ImGui::TableNextColumn();
    ui.Text(role.inter.empty() ? role.role : role.role + ", " + role.inter);
    if (!role.office.empty()) ui.Rich("as " + role.office.text, std::span(&role.office, 1), {Face::kSmall});
    TextCell(ui, role.wording, {Face::kSmall});
    TextCell(ui, role.who, {Face::kSmall, &ui.theme().muted});
  }
  ImGui::EndTable();
}

void DrawSeized(Ui& ui, const Page& page) {
  if (page.seized.empty()) return;
  SectionHeading(ui, "Seized");
  if (!BeginColumns(ui, "seized", {"What", "Model", "How many", "In the source's words", "Account"})) return;
  const TextStyle amber{Face::kSmall, &ui.theme().amber};
  for (const SeizedRow& row : page.seized) {
    ImGui::TableNextRow();
    TextCell(ui, row.what);
    TextCell(ui, row.model);
    TextCell(ui, row.quantity, {Face::kBody, row.no_number ? &ui.theme().muted : nullptr});
    ImGui::TableNextColumn();
    ui.Text(row.wording, {Face::kSmall});
    if (!row.anomaly.empty()) ui.Text("⚠ " + row.anomaly, amber);
    TextCell(ui, std::to_string(row.account), {Face::kSmall, &ui.theme().muted});
  }
  ImGui::EndTable();
}

void DrawSources(Ui& ui, const Page& page) {
  if (page.sources.empty()) return;
  SectionHeading(ui, "Sources");
  if (!ImGui::BeginTable("sources", 2, ImGuiTableFlags_None)) return;
  ImGui::TableSetupColumn("number", ImGuiTableColumnFlags_WidthFixed, ui.Px(30));
  ImGui::TableSetupColumn("citation");
  for (const Citation& citation : page.sources) {
    ImGui::TableNextRow();
    TextCell(ui, std::to_string(citation.number), {Face::kBody, &ui.theme().muted});
    ImGui::TableNextColumn();
    ui.Rich(citation.source.text, std::span(&citation.source, 1));
    ui.Text(citation.text, {Face::kSmall, &ui.theme().muted});
    if (!citation.lineage.text.empty()) {
      ui.Rich("rests on: " + citation.lineage.text, citation.lineage.links, {Face::kSmall});
    }
  }
  ImGui::EndTable();
}

void DrawHistory(Ui& ui, const Page& page) {
  if (page.history.empty()) return;
  SectionHeading(ui, "History");
  if (!BeginColumns(ui, "history", {"When", "Who", "What changed", "Why"})) return;
  for (const HistoryRow& row : page.history) {
    ImGui::TableNextRow();
    std::string when = row.when;
    when += row.revision == 0 ? "\n↑ waiting to be sent" : "\nrevision " + std::to_string(row.revision);
    TextCell(ui, when, {Face::kSmall, &ui.theme().muted});
    TextCell(ui, row.who);
    std::string changes = row.created ? "created" : "";
    for (const std::string& change : row.changes) changes += (changes.empty() ? "" : "\n") + change;
    TextCell(ui, changes, {Face::kSmall});
    TextCell(ui, row.why, {Face::kSmall});
  }
  ImGui::EndTable();
}

void DrawExternals(Ui& ui, const Page& page) {
  std::string line;
  for (const Coding& coding : page.codings) line += coding.scheme + " " + coding.code + "    ";
  for (const Page::ExternalId& external : page.externals) {
    line += external.text + (external.url.empty() ? "" : " " + external.url) + "    ";
  }
  line += page.id;
  SectionHeading(ui, "Codes and keys");
  ui.Text(line, {Face::kSmall, &ui.theme().muted});
}

}  // namespace

void DrawDetails(Ui& ui, const Page& page) {
  DrawFigures(ui, page);
  DrawRoles(ui, page);
  DrawSeized(ui, page);
  if (!page.notes.empty()) {
    SectionHeading(ui, "Notes");
    ui.Text(page.notes);
  }
  for (const Section& section : page.sections) {
    if (section.rows.empty()) continue;
    SectionHeading(ui, section.title);
    ImGui::PushID(section.key.c_str());
    DrawRows(ui, section.rows, section.rows.size());
    ImGui::PopID();
    if (section.more) ui.Text("There are more than fit here.", {Face::kSmall, &ui.theme().muted});
  }
  DrawSources(ui, page);
  DrawHistory(ui, page);
  DrawExternals(ui, page);
}

}  // namespace daftar::ui

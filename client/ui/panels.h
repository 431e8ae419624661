// The parts of the window. Each draws what it is given where ImGui stands, and reports wishes; none keeps anything.
#pragma once

#include <string>
#include <vector>

#include "client/ui/screen.h"
#include "client/ui/widgets.h"

namespace daftar::ui {

// Back, forward, the search box, how fresh the data is.
void DrawTopBar(Ui& ui, Screen& screen, Wishes& wishes);
// What can be done that answers what is typed; the one with the number `selected` is marked.
void DrawCommands(Ui& ui, const Screen& screen, size_t selected, Wishes& wishes);
// What is open beside each other.
void DrawTabs(Ui& ui, const Screen& screen, Wishes& wishes);
// The kinds of record, with how many there are.
void DrawRail(Ui& ui, const Screen& screen);
// The foot of the window: age of the data, syncing, what waits.
void DrawStatusBar(Ui& ui, const Screen& screen);

void DrawHome(Ui& ui, const Home& home, Wishes& wishes);
// `map` is that of the screen: what the reader drags and chooses is kept there.
void DrawMap(Ui& ui, const MapPage& page, MapScreen& map, Wishes& wishes);
void DrawList(Ui& ui, const List& list, Wishes& wishes);
// `selected`: the hit that Enter opens.
void DrawSearch(Ui& ui, const SearchPage& search, size_t selected, Wishes& wishes);
// `own`: what the reader keeps of the record; may be null.
void DrawPage(Ui& ui, const Page& page, OwnEditor* own, ReviewScreen& review, Wishes& wishes);
// The graph of relations; `camera`: where its picture is looked at.
void DrawGraph(Ui& ui, const Graph& graph, GraphCamera& camera, Wishes& wishes);
void DrawTimeline(Ui& ui, Timeline& timeline, Wishes& wishes);
void DrawChanges(Ui& ui, const ChangesPage& changes, Wishes& wishes);
// Each change of a record, with what was and what became.
void DrawRecordHistory(Ui& ui, const RecordHistory& page, ReviewScreen& review, Wishes& wishes);
void DrawMine(Ui& ui, const MinePage& mine);
void DrawSaved(Ui& ui, const SavedPage& saved, Wishes& wishes);
void DrawKeys(Ui& ui, const KeysPage& page);
void DrawGuide(Ui& ui, const GuidePage& page);
void DrawSettings(Ui& ui, const SettingsPage& page, Wishes& wishes);
void DrawSync(Ui& ui, const SyncPage& page, const Screen& screen, Wishes& wishes);
// The panel at the side: a record looked at without leaving the page.
void DrawSide(Ui& ui, const SideScreen& side, Wishes& wishes);
// What is on the screen as plain text, to be read aloud, copied or printed.
void DrawMirror(Ui& ui, const Screen& screen, Wishes& wishes);
// Forms, conflicts, what was refused and what waits; the reason of decisions is typed into the screen.
void DrawWork(Ui& ui, const WorkPage& page, Screen& screen, Wishes& wishes);
// A page that is a form; `editor`: as it stands on the screen.
void DrawFormPage(Ui& ui, EditorScreen& editor, Wishes& wishes);
// The form beside the page.

// Parts of pages.
// "alert_period" as people write it: "Alert period".
std::string KindLabel(const std::string& kind);
// "Incidents" for "incident".
std::string KindsLabel(std::string kind);
// Rows of records, in a column only if they are 100 at most; the one with the number `selected` is marked (none: beyond
// the end).
void DrawRows(Ui& ui, const std::vector<ListRow>& rows, size_t selected);
// Accounts side by side, attributes one below the other.
void DrawAccounts(Ui& ui, const Page& page);
// What a page draws: casualties, lineage, years, the days of an alert.
void DrawFigures(Ui& ui, const Page& page);
// What the reader keeps of the record, to be edited in place.
void DrawOwn(Ui& ui, OwnEditor& editor, Wishes& wishes);
// What of the reader's own stands on the home page.
void DrawOwnHome(Ui& ui, const OwnHome& own, Wishes& wishes);
// What changed: how many of each kind, and the rows.
void DrawChangedKinds(Ui& ui, const ChangesPage& changes);
void DrawChangedRows(Ui& ui, const std::vector<ChangedRow>& rows);
void DrawSavedLine(Ui& ui, const SavedLine& line);
// What a page says below its accounts: who took part, what was seized, sources, related records, history.
void DrawDetails(Ui& ui, const Page& page, ReviewScreen& review, Wishes& wishes);

}  // namespace daftar::ui

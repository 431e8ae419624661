#include "client/app/bench/pages.h"

#include <algorithm>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "client/app/bench/queries.h"
#include "client/app/bench/stopwatch.h"
#include "client/model/address.h"
#include "client/model/changes_since.h"
#include "client/model/graph.h"
#include "client/model/map_page.h"
#include "client/model/own_pages.h"

namespace daftar::app {
namespace {

// So many records of a kind are opened.
constexpr size_t kRecords = 5;
// A drag goes so many frames to one side, then back.
constexpr int kDragFrames = 20;
constexpr float kDragPixels = 7;
// A leap of the scroll bar comes after so many frames of scrolling.
constexpr int kFramesToLeap = 30;

// How a reader moves on a page.
enum class Motion { kScroll, kDrag };

struct Sort {
  std::string what;
  std::vector<std::string> addresses;
  Motion motion = Motion::kScroll;
};

// Down a page for half of the frames, up again for the others.
ui::MouseState Scrolled(ui::MouseState mouse, int frame, int frames) {
  mouse.wheel = frame < frames / 2 ? -1.0f : 1.0f;
  return mouse;
}

// Drags to and fro, and zooms in and out again while the button is up.
ui::MouseState Dragged(ui::MouseState mouse, int frame) {
  const int step = frame % (2 * kDragFrames + 8);
  if (step >= 2 * kDragFrames) {
    mouse.wheel = frame / (2 * kDragFrames + 8) % 4 < 2 ? 1.0f : -1.0f;
    return mouse;
  }
  mouse.pressed = step > 0 && step < 2 * kDragFrames - 1;
  const int away = std::min(step, 2 * kDragFrames - step);
  mouse.x += kDragPixels * static_cast<float>(away);
  // It is not let go where it was pressed: that would be a click.
  if (step > kDragFrames) mouse.y += kDragPixels * 3;
  return mouse;
}

// The first records of a list, as pages and as graphs.
StatusOr<std::vector<ListRow>> SomeOf(ScriptedReader& reader, const std::string& kind) {
  DAFTAR_RETURN_IF_ERROR(reader.Open(ListAddress(kind)));
  const List* list = std::get_if<List>(&reader.screen().content);
  if (list == nullptr) return Internal("the list of " + kind + " is no list");
  return std::vector<ListRow>(list->rows.begin(), list->rows.begin() + std::min(kRecords, list->rows.size()));
}

Status AddRecords(ScriptedReader& reader, const std::string& what, const std::string& kind, std::vector<Sort>& sorts) {
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<ListRow> rows, SomeOf(reader, kind));
  Sort sort{.what = what, .addresses = {}};
  for (const ListRow& row : rows) sort.addresses.push_back(row.address);
  if (!rows.empty()) sorts.push_back(std::move(sort));
  return OkStatus();
}

StatusOr<std::vector<Sort>> AllSorts(ScriptedReader& reader) {
  DAFTAR_ASSIGN_OR_RETURN(const auto queries, QueriesOf(reader, 3));
  std::string query;
  for (const std::string& character : queries[0]) query += character;
  std::vector<Sort> sorts = {{"the first page", {HomeAddress()}},
                             {"a search", {SearchAddress(query)}},
                             {"a list", {ListAddress("incident"), ListAddress("actor"), ListAddress("source")}}};
  for (const auto& [what, kind] : {std::pair("an incident", "incident"), std::pair("an actor", "actor"),
                                   std::pair("a place", "place"), std::pair("a source", "source"),
                                   std::pair("a relation", "relation"), std::pair("an alert period", "alert_period")}) {
    DAFTAR_RETURN_IF_ERROR(AddRecords(reader, what, kind, sorts));
  }
  sorts.push_back({"the map", {MapAddress("")}, Motion::kDrag});
  sorts.push_back({"the timeline", {Address{.word = "timeline"}.ToString()}, Motion::kDrag});
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<ListRow> actors, SomeOf(reader, "actor"));
  Sort graphs{.what = "a graph", .addresses = {}, .motion = Motion::kDrag};
  for (const ListRow& actor : actors) graphs.addresses.push_back(GraphAddress(actor.id, {}));
  if (!actors.empty()) sorts.push_back(std::move(graphs));
  sorts.push_back({"the history", {ChangesAddress("0")}});
  sorts.push_back({"sync and replica", {SyncAddress()}});
  sorts.push_back({"the settings", {SettingsAddress()}});
  sorts.push_back({"the guide", {GuideAddress()}});
  return sorts;
}

Status MeasureSort(ScriptedReader& reader, const Sort& sort, int frames, Report& report, MostMemory& most) {
  const int each = std::max(frames / static_cast<int>(sort.addresses.size()), 1);
  DAFTAR_RETURN_IF_ERROR(reader.Turn(0));
  reader.Costs();
  for (const std::string& address : sort.addresses) {
    DAFTAR_RETURN_IF_ERROR(reader.Open(address));
    const ui::MouseState middle = reader.Middle();
    for (int i = 0; i < each; ++i) {
      const bool scrolls = sort.motion == Motion::kScroll;
      DAFTAR_RETURN_IF_ERROR(reader.Move(scrolls ? Scrolled(middle, i, each) : Dragged(middle, i)));
    }
    DAFTAR_RETURN_IF_ERROR(reader.Move(middle));
    const auto opened = ParseAddress(address), shown = ParseAddress(reader.screen().address);
    if (!shown || shown->word != opened->word) return Internal("the script has left " + address);
  }
  report.Add(BuildRow("frame of " + sort.what, reader.Costs()));
  DAFTAR_ASSIGN_OR_RETURN(const double mb, AnonymousMb());
  if (mb > most.mb) most = {mb, sort.what};
  return OkStatus();
}

// Drags the scroll bar to a row, and waits until it is there.
Status LeapTo(ScriptedReader& reader, size_t row, Samples& waits) {
  constexpr float kPixelsOfRow = 57;
  const int64_t begun = NowNs();
  reader.screen().scroll = static_cast<float>(row) * kPixelsOfRow * reader.loop().settings().scale;
  reader.screen().turned = true;
  // What stands in the place of a row that is being read is no row.
  const auto there = [&] {
    const std::vector<ui::Widget>& shown = reader.loop().registry().widgets();
    const bool any = std::any_of(shown.begin(), shown.end(), [](const auto& w) { return w.role == ui::Role::kRow; });
    return reader.desk().settled() && any;
  };
  // The first frame says where to scroll to, the second one is there.
  DAFTAR_RETURN_IF_ERROR(reader.Move(reader.Middle()));
  DAFTAR_RETURN_IF_ERROR(reader.Move(reader.Middle()));
  DAFTAR_ASSIGN_OR_RETURN(const bool read, reader.TurnUntil(there));
  if (!read) return Unavailable("rows of a list have not been read in time");
  waits.Add(Ms(NowNs() - begun));
  return OkStatus();
}

}  // namespace

Row BuildRow(std::string what, const std::vector<FrameCost>& costs) {
  Samples samples;
  for (const FrameCost& cost : costs) samples.Add(cost.build_cpu);
  return SpreadRow(std::move(what), "ms", samples, {{"p99", kMostFrameMs}});
}

StatusOr<MostMemory> MeasurePages(ScriptedReader& reader, int frames, Report& report) {
  MostMemory most;
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<Sort> sorts, AllSorts(reader));
  for (const Sort& sort : sorts) DAFTAR_RETURN_IF_ERROR(MeasureSort(reader, sort, frames, report, most));
  return most;
}

Status MeasureLongList(ScriptedReader& reader, int frames, Report& report) {
  DAFTAR_RETURN_IF_ERROR(reader.Open(ListAddress("incident")));
  const List* list = std::get_if<List>(&reader.screen().content);
  if (list == nullptr || list->rows.empty()) return NotFound("the replica holds no incidents");
  const size_t total = list->total;
  Samples waits;
  reader.Costs();
  for (int i = 0; i < frames; ++i) {
    ui::MouseState mouse = reader.Middle();
    mouse.wheel = i % (2 * kFramesToLeap) < kFramesToLeap ? -3.0f : 3.0f;
    DAFTAR_RETURN_IF_ERROR(reader.Move(mouse));
    if (i % kFramesToLeap == kFramesToLeap - 1)
      DAFTAR_RETURN_IF_ERROR(LeapTo(reader, total * (static_cast<size_t>(i) * 37 % 101) / 101, waits));
  }
  report.Add(BuildRow("frame of scrolling a list of " + std::to_string(total), reader.Costs()));
  if (waits.size() > 0) report.Add(SpreadRow("  until its rows are there, behind a leap", "ms", waits));
  return OkStatus();
}

}  // namespace daftar::app

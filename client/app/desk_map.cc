// The desk's part in maps: what the reader moves is asked of the worker, and its answers come to the page on the
// screen.
#include <memory>
#include <utility>

#include "client/app/desk.h"

namespace daftar::app {
namespace {

using Slot = QueryWorker::Slot;

// The same records: an answer to a map that has been left or read anew is dropped.
bool SameMap(const ui::Screen& screen, const std::shared_ptr<const MapRecords>& records) {
  const MapPage* map = std::get_if<MapPage>(&screen.content);
  return map != nullptr && map->records == records;
}

std::string WordsOf(const ListRow& row) {
  std::string words = row.title;
  for (const std::string& part : {row.date, row.place, row.happened_words}) {
    if (!part.empty()) words += "\n" + part;
  }
  return words;
}

}  // namespace

void Desk::MoveMap(const MapPlace& place, const WorldBox& box) {
  const MapPage* map = std::get_if<MapPage>(&screen_.content);
  if (map == nullptr || screen_.address != history().current().address) return;
  screen_.address = MapAddress(map->query, map->kind, place);
  history().Replace(screen_.address);
  worker_.Ask(Slot::kMap, [this, asked = *map, span = place.span, box](const std::atomic<bool>&) {
    StatusOr<MapUpdate> update = library_.ReadMap(asked, span, box);
    return [this, records = asked.records, update = std::move(update)]() mutable {
      if (!SameMap(screen_, records)) return;
      if (!update.ok()) {
        screen_.notice = Message(update.status());
        return;
      }
      MapPage& shown = std::get<MapPage>(screen_.content);
      shown.scene = std::move(update->scene);
      shown.rows = std::move(update->rows);
    };
  });
}

void Desk::LookAtMap(uint32_t record) {
  const MapPage* map = std::get_if<MapPage>(&screen_.content);
  if (map == nullptr) return;
  worker_.Ask(Slot::kMapRecord, [this, record, asked = *map](const std::atomic<bool>&) {
    StatusOr<std::optional<ListRow>> row = library_.ReadMapRow(asked, record);
    return [this, record, records = asked.records, row = std::move(row)] {
      if (!SameMap(screen_, records) || screen_.map.looked_at != record) return;
      if (!row.ok()) {
        screen_.map.looked_at_words = Message(row.status());
      } else if (*row) {
        screen_.map.looked_at_words = WordsOf(**row);
      }
    };
  });
}

void Desk::OpenFromMap(uint32_t record, bool beside) {
  const MapPage* map = std::get_if<MapPage>(&screen_.content);
  if (map == nullptr) return;
  worker_.Ask(Slot::kMapRecord, [this, record, beside, asked = *map](const std::atomic<bool>&) {
    StatusOr<std::optional<ListRow>> row = library_.ReadMapRow(asked, record);
    return [this, beside, records = asked.records, row = std::move(row)] {
      if (!SameMap(screen_, records)) return;
      if (!row.ok() || !*row) {
        if (!row.ok()) screen_.notice = Message(row.status());
        return;
      }
      if (beside) {
        OpenBeside((*row)->address);
      } else {
        Open((*row)->address);
      }
    };
  });
}

}  // namespace daftar::app

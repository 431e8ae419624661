// Lists of one kind of record, as of today or as of a day.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/model/row.h"
#include "storage/base/status.h"

namespace daftar {

class ReadView;
class Record;

struct ListOptions {
  std::optional<int32_t> as_of;  // day, since 1970-01-01
  size_t first = 0;              // so many rows are passed over; lists as of a day begin at the first
  size_t limit = 200;            // rows; the list reads little more than it shows
  bool happened_only = false;    // incidents: leave out what is only expected
  bool with_retired = false;
  std::string language;  // of names; empty: the reader's
};

struct List {
  std::string kind;           // "incident"
  std::string title;          // "Incidents", "Relations as of 31 Dec 2020"
  size_t first = 0;           // number of the first row here, from 0
  std::vector<ListRow> rows;  // newest first, those without a date last
  size_t total = 0;           // of the whole list; what is here, where nobody has counted: as of a day
  bool more = false;          // the limit cut it
};

// `kind`: the word, singular or plural; InvalidArgument names the words that there are.
// As of a day: incidents that may have happened by then (expected ones are marked); relations that some account says
// held then, with those accounts in the note; alert periods that had begun, with their status in the note. Other kinds
// do not change with the day.
StatusOr<List> BuildList(const ReadView& view, std::string_view kind, const ListOptions& options);

// One record as a row, without a note. For lists that others make.
StatusOr<ListRow> BuildRow(const ReadView& view, const Record& record, std::string_view language = "");

}  // namespace daftar

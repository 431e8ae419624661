// A form of many records: what is filled in is said in each record that a query finds, of one kind. A single field
// becomes what is typed; items are added where no such item is; what is marked as `out` is emptied, or taken out of the
// record's lists. Everything else of a record stays as it is. Nothing goes out before it was looked at, record by
// record. One thread at a time.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "client/forms/open_form.h"
#include "client/model/changes_since.h"
#include "client/model/row.h"
#include "storage/base/status.h"

namespace daftar::v1 {
class BulkDraft;
}

namespace daftar::forms {

inline constexpr size_t kMostPreviewed = 200, kMostPreviewedFields = 12, kMostBulkProblems = 20;

// What the form would do.
struct BulkPreview {
  uint64_t state = 0;    // StateOf the form that it was made of
  uint64_t what = 0;     // for Bulk::previewed: another number when it would do something else
  size_t found = 0;      // records
  size_t changes = 0;    // those of them that change and are not left out
  std::string words;     // "12 found: 9 change, 2 say so already, 1 is left out"
  std::string warnings;  // how much a codebook would question; empty: nothing
  struct Row {
    Uuid id;
    PageLink record;
    std::vector<ChangedField> fields;
    std::string more_words;  // "and 3 more fields"; empty: these are all
    bool left_out = false;
  };
  std::vector<Row> rows;              // of those that change, newest first; at most kMostPreviewed
  std::string more_words;             // "and 40 more records"; empty: these are all
  std::vector<std::string> problems;  // why it cannot be sent, with the record; at most kMostBulkProblems
};

// Fills problems of its fields. InvalidArgument where the query is not understood or finds too many records.
StatusOr<BulkPreview> PreviewBulk(const Workstation& station, OpenForm& open);

// For open_form.h: what is wrong with what is typed; true: nothing. And sending: InvalidArgument when something is,
// when nothing would change, or when it would not do any more what was looked at.
StatusOr<bool> CheckBulkForm(const Workstation& station, OpenForm& open);
StatusOr<uint64_t> SendBulk(Workstation& station, OpenForm& open);
// The bulk edit before, for Bulk::last.
Status RecallLastBulk(Workstation& station, OpenForm& open);

// As it is kept, and as it was kept: paths that this program does not know are left out.
v1::BulkDraft DraftOf(const Form& form, const Bulk& bulk);
Bulk BulkOf(const Form& form, const v1::BulkDraft& draft);

}  // namespace daftar::forms

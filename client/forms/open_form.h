// A form with what it stands on: begun for a new record or on one that is there, kept as a draft, taken up again,
// checked and sent. One thread at a time; a value.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "client/forms/form.h"
#include "client/forms/wish.h"
#include "client/model/row.h"
#include "storage/base/status.h"
#include "storage/base/uuid.h"

namespace google::protobuf {
class Message;
}
namespace daftar::v1 {
class FormDraft;
}

namespace daftar {
class ReadView;
class Workstation;
}  // namespace daftar

namespace daftar::forms {

// What makes a form one of many records. What is filled in is said in each of them, too; see bulk_form.h.
struct Bulk {
  std::string query;        // which records, as a search finds them, of the form's kind alone
  std::string review;       // the state of review that they are to have, a constant; empty: each its own
  std::set<Node> out;       // fields of the record that are emptied, and items that are taken out of its lists
  std::set<Uuid> left_out;  // records that are found and stay as they are
  uint64_t previewed = 0;   // what was looked at, as BulkPreview says it; 0: nothing was
  std::string last;         // the bulk edit before, that can be taken back; empty: there is none
};

struct OpenForm {
  Form form;
  uint64_t number = 0;  // among those kept; 0: not kept yet
  Uuid id;
  bool create = true;          // the record does not exist yet
  uint64_t base_revision = 0;  // of the state that it was opened on
  std::string epoch;
  std::shared_ptr<const google::protobuf::Message> base;  // never nullptr; empty for a new record
  std::string title;                                      // of the record that it was opened on; empty: it is new
  std::string reason;
  std::optional<Bulk> bulk;  // of many records; the base is empty then
  bool proposal = false;     // put forward for an editor to accept
  std::string template_name;
  int64_t began_ms = 0;
  // "INCIDENT": for words.
  std::string kind_constant() const;
  // Something is wrong, as the last Check has it; nothing is said to be.
  bool has_problems() const;
  void ForgetProblems();
  std::string passage;                       // that is being read into an account (passage.h); no part of the record
  Node reading = 0;                          // that account; 0: none
  std::vector<std::string> reason_problems;  // filled by Check
  std::vector<std::string> notes;            // what the reader should know: others changed the record meanwhile
};

// A new record of a kind. REQUIRES: the word of a kind.
OpenForm BeginNew(Workstation& station, std::string_view kind_word);
// A record that is there, by any ID. NotFound, or FailedPrecondition where only a stub of it is here.
StatusOr<OpenForm> BeginOn(Workstation& station, std::string_view id);
// A new record that says what another one says, without its keys in other systems.
StatusOr<OpenForm> BeginLike(Workstation& station, std::string_view id);
// A new record from a template.
StatusOr<OpenForm> BeginFrom(Workstation& station, const v1::FormDraft& draft);

// Any of these, and keeps it: it has a number.
StatusOr<OpenForm> Begin(Workstation& station, const Wish& wish);

// What of a form is kept, as a number that is another when it is.
uint64_t StateOf(const OpenForm& form);

// As it is kept. `open`: a program has it open now.
v1::FormDraft DraftOf(const OpenForm& form, int64_t now_ms, bool open);
// As it was kept. DataLoss if it does not parse.
StatusOr<OpenForm> TakeUpDraft(const ReadView& view, const v1::FormDraft& draft);
// What it is called in lists: the name that is typed, or the record's; "new incident".
std::string TitleOf(const OpenForm& form);

// Reads one field again: fills `understood` of the field, in the reader's language. Reads no store.
void Typed(Form& form, Node field);

// Fills `understood` of the fields that name records, with what those are called.
void NameReferences(const ReadView& view, Form& form);

// Fills problems and warnings of all fields; true: it may be sent. Errors are those of reading.
StatusOr<bool> Check(const Workstation& station, OpenForm& form);
// Checks it and puts it into the outbox, one of many records as QueueAndRemember does; the draft with its number goes.
// The (first) number in the outbox. InvalidArgument when there are problems: they stand in the form.
StatusOr<uint64_t> Send(Workstation& station, OpenForm& form);

// What completes a text that is typed: into a field that names a record, records of the kinds that may stand there;
// into a point, known places and towns of that name. The field takes the `id`.
StatusOr<std::vector<PageLink>> Suggestions(const ReadView& view, const Field& field, size_t limit);

}  // namespace daftar::forms

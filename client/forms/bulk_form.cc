#include "client/forms/bulk_form.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include "client/forms/adding.h"
#include "client/forms/build.h"
#include "client/forms/bulk_edit.h"
#include "client/forms/read_text.h"
#include "client/forms/reviewing.h"
#include "client/language/language.h"
#include "client/language/say.h"
#include "client/model/address.h"
#include "client/model/edit_words.h"
#include "daftar/v1/private.pb.h"
#include "storage/base/hash.h"
#include "storage/view/read_view.h"

namespace daftar::forms {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr std::string_view kDomain = "daftar.bulk-preview.v1";

// What the form says, apart: what is to be said as well, and what is not to be said any more.
struct Asked {
  std::unique_ptr<Message> more, less;
  std::vector<const FieldDescriptor*> emptied;
  std::optional<v1::ReviewState::Code> review;
};

// The form without the items that are to be taken out, or with those of its lists alone.
Form Only(const Form& form, const std::set<Node>& out, bool taken_out) {
  Form part = form;
  for (const Node field : form.item(Form::kRecord).fields) {
    for (const Node item : form.field(field).spec->list ? form.ItemsOf(field) : std::vector<Node>()) {
      if (out.contains(item) != taken_out) part.LoadRemoved(item);
    }
  }
  return part;
}

// The field of the record, or the item of one of its lists, that the node is or lies in.
Node TopOf(const Form& form, Node node) {
  while (true) {
    if (!form.is_item(node)) {
      if (form.field(node).item == Form::kRecord) return node;
      node = form.field(node).item;
      continue;
    }
    const Node field = form.item(node).field;
    if (form.field(field).item == Form::kRecord && form.field(field).spec->list) return node;
    node = field;
  }
}

void Note(OpenForm& open, const Built& built) {
  for (const FieldProblem& problem : built.problems) {
    const Node place = built.PlaceOf(problem.path);
    std::vector<std::string>& at = place != 0 ? open.form.said(place).problems : open.form.problems();
    // Both halves of the form hold the fields that are no lists.
    if (std::find(at.begin(), at.end(), problem.message) == at.end()) at.push_back(problem.message);
  }
}

// nullopt: something cannot be read, or nothing is filled in; it stands in the form.
std::optional<Asked> ReadAsked(const ReadView& view, OpenForm& open) {
  open.ForgetProblems();
  open.notes.clear();
  const Bulk& bulk = *open.bulk;
  const IdResolver resolve = [&view](std::string_view text) { return view.Resolve(text); };
  Built more = Build(Only(open.form, bulk.out, false), *open.base, resolve);
  Built less = Build(Only(open.form, bulk.out, true), *open.base, resolve);
  Note(open, more);
  Note(open, less);
  NameReferences(view, open.form);
  Asked asked{std::move(more.record), std::move(less.record), {}, std::nullopt};
  for (const Node node : bulk.out) {
    if (!open.form.is_item(node)) asked.emptied.push_back(open.form.field(node).spec->field);
  }
  v1::ReviewState::Code review = v1::ReviewState::UNSET;
  if (v1::ReviewState::Code_Parse(bulk.review, &review) && review != v1::ReviewState::UNSET) asked.review = review;
  if (open.has_problems()) return std::nullopt;
  const bool nothing = asked.more->ByteSizeLong() == 0 && asked.less->ByteSizeLong() == 0 && asked.emptied.empty();
  if (!nothing || asked.review) return asked;
  open.form.problems().push_back(Say("bulk.nothing"));
  return std::nullopt;
}

StatusOr<Remade> RemadeBy(const Record& record, const Asked& asked, const Voice& voice) {
  const std::shared_ptr<Message> message(record.message().New());
  message->CopyFrom(record.message());
  TakeOutOf(*message, *asked.less);
  AddTo(*message, *asked.more);
  for (const FieldDescriptor* field : asked.emptied) message->GetReflection()->ClearField(message.get(), field);
  if (!asked.review || ReviewOf(*message) == *asked.review) return Remade{message, {}};
  DAFTAR_ASSIGN_OR_RETURN(Reviewed reviewed,
                          SetReview(Record(record.id(), record.kind(), message), *asked.review, "", voice));
  return Remade{std::move(reviewed), {}};
}

StatusOr<BulkPlan> PlanOf(const Workstation& station, const ReadView& view, const OpenForm& open, const Asked& asked) {
  DAFTAR_ASSIGN_OR_RETURN(const Voice voice, VoiceOf(station));
  return PlanBulk(view, open.bulk->query, KindFromWord(open.form.kind()),
                  [&](const Record& record) { return RemadeBy(record, asked, voice); });
}

// Another number when other records change, or become something else. Who decided when is no part of it.
uint64_t WhatOf(const std::vector<BulkChange>& changes) {
  std::string all;
  for (const BulkChange& change : changes) {
    all += change.edit.id.str();
    for (const v1::PartEdit& part : change.after) {
      if (!IsAboutReview(part.field())) all += part.SerializeAsString();
    }
  }
  return Hash64(kDomain, {all}) | 1;
}

StatusOr<BulkPreview::Row> RowOf(const ReadView& view, const BulkChange& change) {
  const Record& record = *change.record;
  DAFTAR_ASSIGN_OR_RETURN(const EditWords words,
                          WordsOfEdit(view, record, change.before, change.after, kMostPreviewedFields));
  BulkPreview::Row row{record.id(),
                       {DisplayName(record, LanguageCode(CurrentLanguage())),
                        RecordAddress(KindWord(record.kind()), record.id().ToString()), DisplayId(record)},
                       words.fields};
  if (words.more > 0) row.more_words = Say("work.more_fields", {{"count", words.more}});
  return row;
}

// The changes without those of records that are left out.
std::vector<BulkChange> Kept(std::vector<BulkChange> changes, const std::set<Uuid>& left_out) {
  std::erase_if(changes, [&left_out](const BulkChange& change) { return left_out.contains(change.edit.id); });
  return changes;
}

void SayProblems(const std::vector<FieldProblem>& problems, BulkPreview& preview) {
  for (const FieldProblem& problem : problems) {
    if (preview.problems.size() == kMostBulkProblems) {
      preview.problems.push_back(Say("bulk.more_problems", {{"count", problems.size() - kMostBulkProblems}}));
      return;
    }
    preview.problems.push_back(Say("form.at", {{"path", problem.path}, {"problem", problem.message}}));
  }
}

}  // namespace

StatusOr<BulkPreview> PreviewBulk(const Workstation& station, OpenForm& open) {
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> view, station.Read());
  const std::optional<Asked> asked = ReadAsked(*view, open);
  if (!asked) return InvalidArgument(Say("form.problems_there"));
  DAFTAR_ASSIGN_OR_RETURN(BulkPlan plan, PlanOf(station, *view, open, *asked));
  BulkPreview preview{.state = StateOf(open), .found = plan.found};
  for (const BulkChange& change : plan.changes) {
    if (preview.rows.size() == kMostPreviewed) break;
    DAFTAR_ASSIGN_OR_RETURN(BulkPreview::Row row, RowOf(*view, change));
    row.left_out = open.bulk->left_out.contains(row.id);
    preview.rows.push_back(std::move(row));
  }
  const size_t all = plan.changes.size();
  if (all > kMostPreviewed) preview.more_words = Say("bulk.more", {{"count", all - kMostPreviewed}});
  const std::vector<BulkChange> changes = Kept(std::move(plan.changes), open.bulk->left_out);
  preview.changes = changes.size();
  preview.what = WhatOf(changes);
  preview.words = Say("bulk.found", {{"found", preview.found},
                                     {"changes", preview.changes},
                                     {"same", preview.found - all},
                                     {"left", all - preview.changes}});
  const std::string reason = Tidy(open.reason).empty() ? Say("window.reason") : Tidy(open.reason);
  DAFTAR_ASSIGN_OR_RETURN(const BulkPushes pushes, CheckBulk(station, changes, reason));
  SayProblems(pushes.problems, preview);
  if (!pushes.warnings.empty()) preview.warnings = Say("bulk.warnings", {{"count", pushes.warnings.size()}});
  return preview;
}

StatusOr<bool> CheckBulkForm(const Workstation& station, OpenForm& open) {
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> view, station.Read());
  const bool read = ReadAsked(*view, open).has_value();
  if (Tidy(open.reason).empty()) open.reason_problems.push_back(Say("window.reason_missing"));
  return read && !open.has_problems();
}

StatusOr<uint64_t> SendBulk(Workstation& station, OpenForm& open) {
  DAFTAR_ASSIGN_OR_RETURN(const bool ready, CheckBulkForm(station, open));
  if (!ready) return InvalidArgument(Say("form.problems_there"));
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> view, station.Read());
  const std::optional<Asked> asked = ReadAsked(*view, open);
  if (!asked) return InvalidArgument(Say("form.problems_there"));
  DAFTAR_ASSIGN_OR_RETURN(BulkPlan plan, PlanOf(station, *view, open, *asked));
  const std::vector<BulkChange> changes = Kept(std::move(plan.changes), open.bulk->left_out);
  if (changes.empty()) return InvalidArgument(Say("bulk.no_change"));
  if (open.bulk->previewed != 0 && open.bulk->previewed != WhatOf(changes))
    return InvalidArgument(Say("bulk.look_again"));
  const std::string reason = Tidy(open.reason);
  DAFTAR_ASSIGN_OR_RETURN(const BulkPushes pushes, CheckBulk(station, changes, reason));
  if (!pushes.problems.empty()) {
    const FieldProblem& first = pushes.problems.front();
    return InvalidArgument(Say("form.at", {{"path", first.path}, {"problem", first.message}}));
  }
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<uint64_t> numbers,
                          QueueAndRemember(station, changes, pushes, reason, open.number));
  // A sync has just brought the same from others.
  if (numbers.empty()) return InvalidArgument(Say("bulk.no_change"));
  return numbers.front();
}

Status RecallLastBulk(Workstation& station, OpenForm& open) {
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<BulkMemory> memory, RecallBulk(station.folder()));
  if (memory) open.bulk->last = Say("bulk.last", {{"count", memory->records()}, {"why", memory->reason}});
  return OkStatus();
}

v1::BulkDraft DraftOf(const Form& form, const Bulk& bulk) {
  v1::BulkDraft draft;
  draft.set_query(bulk.query);
  v1::ReviewState::Code review = v1::ReviewState::UNSET;
  if (v1::ReviewState::Code_Parse(bulk.review, &review)) draft.set_review(review);
  for (const Node node : bulk.out) {
    const std::string path = form.PathOf(node);
    if (!path.empty()) draft.add_out(path);
  }
  for (const Uuid& id : bulk.left_out) draft.add_left_out(id.str());
  return draft;
}

Bulk BulkOf(const Form& form, const v1::BulkDraft& draft) {
  Bulk bulk{.query = draft.query()};
  if (draft.review() != v1::ReviewState::UNSET) bulk.review = v1::ReviewState::Code_Name(draft.review());
  for (const std::string& path : draft.out()) {
    const Node node = form.Find(path);
    if (node != 0) bulk.out.insert(TopOf(form, node));
  }
  for (const std::string& id : draft.left_out()) {
    if (const std::optional<Uuid> uuid = Uuid::FromBytes(id)) bulk.left_out.insert(*uuid);
  }
  return bulk;
}

}  // namespace daftar::forms

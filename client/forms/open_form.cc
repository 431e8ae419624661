#include "client/forms/open_form.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "client/forms/bulk_form.h"
#include "client/forms/load.h"
#include "client/language/language.h"
#include "client/language/say.h"
#include "client/sync/form_drafts.h"
#include "client/sync/workstation.h"
#include "daftar/v1/private.pb.h"
#include "storage/model/record.h"
#include "storage/view/read_view.h"

namespace daftar::forms {
namespace {

// Any ID leads to its record: "sample:I01" where it has one.
IdNamer NamerOf(const ReadView& view) {
  return [&view](const Uuid& id) {
    const StatusOr<std::optional<Record>> record = view.Get(id);
    return record.ok() && *record ? DisplayId(**record) : id.ToString();
  };
}

OpenForm Empty(Workstation& station, Form form) {
  OpenForm open{.form = std::move(form)};
  open.id = station.NewId();
  open.base = NewMessage(*KindFromWord(open.form.kind()));
  open.began_ms = station.clock().NowMs();
  return open;
}

StatusOr<Record> Find(const ReadView& view, std::string_view id) {
  DAFTAR_ASSIGN_OR_RETURN(const Uuid uuid, view.Resolve(id));
  DAFTAR_ASSIGN_OR_RETURN(std::optional<Record> record, view.Get(uuid));
  if (!record) return NotFound(Say("form.gone", {{"id", id}}));
  if (record->stub()) return FailedPrecondition(Say("form.stub", {{"id", id}}));
  return *std::move(record);
}

// Types into an empty form what another one holds.
void TypeLike(const Form& from, Node from_item, Form& to, Node to_item) {
  for (const Node node : from.item(from_item).fields) {
    const Field& field = from.field(node);
    const Node at = to.FieldOf(to_item, field.spec->name);
    if (at == 0 || field.spec->name == "external") continue;
    if (!field.spec->list && field.items.empty()) to.Type(at, field.text);
    for (const Node item : field.items) {
      if (from.item(item).removed) continue;
      const Node there = field.spec->list ? to.LoadItem(at, 0, false) : to.ItemOf(at);
      if (there != 0) TypeLike(from, item, to, there);
    }
  }
}

StatusOr<OpenForm> BeginBulk(Workstation& station, const Wish& wish) {
  OpenForm open = Empty(station, Form(wish.id));
  open.bulk = Bulk{.query = wish.query};
  DAFTAR_RETURN_IF_ERROR(RecallLastBulk(station, open));
  return open;
}

std::vector<Node> AccountsOf(const Form& form) {
  const Node list = form.FieldOf(Form::kRecord, "accounts");
  return list == 0 ? std::vector<Node>() : form.ItemsOf(list);
}

}  // namespace

OpenForm BeginNew(Workstation& station, std::string_view kind_word) {
  OpenForm open = Empty(station, Form(std::string(kind_word)));
  // A name is always needed, so its line is there.
  const Node names = open.form.FieldOf(Form::kRecord, "names");
  if (kind_word != "relation") open.form.LoadItem(names, 0, false);
  return open;
}

StatusOr<OpenForm> BeginOn(Workstation& station, std::string_view id) {
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> view, station.Read());
  DAFTAR_ASSIGN_OR_RETURN(const Record record, Find(*view, id));
  DAFTAR_ASSIGN_OR_RETURN(const v1::Checkpoint head, view->Head());
  std::shared_ptr<google::protobuf::Message> base(record.message().New());
  base->CopyFrom(record.message());
  OpenForm open{.form = FormOn(std::string(KindWord(record.kind())), *base, NamerOf(*view))};
  open.id = record.id();
  open.create = false;
  open.base = std::move(base);
  open.base_revision = head.cursor().revision();
  open.epoch = head.cursor().epoch();
  open.title = DisplayName(record);
  open.began_ms = station.clock().NowMs();
  for (const Node field : open.form.AllFields()) Typed(open.form, field);
  NameReferences(*view, open.form);
  return open;
}

StatusOr<OpenForm> BeginLike(Workstation& station, std::string_view id) {
  DAFTAR_ASSIGN_OR_RETURN(const OpenForm other, BeginOn(station, id));
  OpenForm open = Empty(station, Form(other.form.kind()));
  TypeLike(other.form, Form::kRecord, open.form, Form::kRecord);
  return open;
}

StatusOr<OpenForm> BeginFrom(Workstation& station, const v1::FormDraft& draft) {
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> view, station.Read());
  DAFTAR_ASSIGN_OR_RETURN(const OpenForm kept, TakeUpDraft(*view, draft));
  OpenForm open = Empty(station, Form(kept.form.kind()));
  TypeLike(kept.form, Form::kRecord, open.form, Form::kRecord);
  open.reason = kept.reason;
  return open;
}

StatusOr<OpenForm> Begin(Workstation& station, const Wish& wish) {
  const auto begin = [&]() -> StatusOr<OpenForm> {
    switch (wish.what) {
      case Wish::What::kNew:
        if (!KindFromWord(wish.id)) return InvalidArgument("there is no kind of record called " + wish.id);
        return BeginNew(station, wish.id);
      case Wish::What::kEdit:
      case Wish::What::kAccount:
        return BeginOn(station, wish.id);
      case Wish::What::kLike:
        return BeginLike(station, wish.id);
      case Wish::What::kTemplate: {
        DAFTAR_ASSIGN_OR_RETURN(const v1::FormDraft draft, station.forms().Get(wish.number));
        return BeginFrom(station, draft);
      }
      case Wish::What::kBulk:
        if (!KindFromWord(wish.id)) return InvalidArgument("there is no kind of record called " + wish.id);
        return BeginBulk(station, wish);
    }
    return InvalidArgument("no such form");
  };
  DAFTAR_ASSIGN_OR_RETURN(OpenForm open, begin());
  const Node accounts = open.form.FieldOf(Form::kRecord, "accounts");
  if (wish.what == Wish::What::kAccount && accounts != 0) open.reading = open.form.AddItem(accounts, 0);
  DAFTAR_ASSIGN_OR_RETURN(open.number, station.forms().Keep(DraftOf(open, station.clock().NowMs(), true)));
  return open;
}

v1::FormDraft DraftOf(const OpenForm& form, int64_t now_ms, bool open) {
  v1::FormDraft draft;
  draft.set_number(form.number);
  draft.set_record(form.id.str());
  draft.set_kind(*KindFromWord(form.form.kind()));
  draft.set_create(form.create);
  draft.set_base_revision(form.base_revision);
  draft.set_epoch(form.epoch);
  if (!form.create) draft.set_base(form.base->SerializeAsString());
  *draft.mutable_typed() = TypedOf(form.form);
  draft.set_reason(form.reason);
  draft.set_title(TitleOf(form));
  draft.set_proposal(form.proposal);
  draft.set_began_ms(form.began_ms);
  draft.set_kept_ms(now_ms);
  draft.set_open(open);
  draft.set_template_name(form.template_name);
  draft.set_passage(form.passage);
  const std::vector<Node> accounts = AccountsOf(form.form);
  const auto reading = std::find(accounts.begin(), accounts.end(), form.reading);
  if (reading != accounts.end()) draft.set_passage_account(static_cast<uint32_t>(reading - accounts.begin()));
  if (form.bulk) *draft.mutable_bulk() = DraftOf(form.form, *form.bulk);
  return draft;
}

uint64_t StateOf(const OpenForm& form) {
  const std::hash<std::string> hash;
  return form.form.changes() + hash(form.reason) + 3 * hash(form.passage) + (form.proposal ? 1ULL << 40 : 0) +
         (form.bulk ? hash(DraftOf(form.form, *form.bulk).SerializeAsString()) : 0);
}

StatusOr<OpenForm> TakeUpDraft(const ReadView& view, const v1::FormDraft& draft) {
  const std::optional<Uuid> id = Uuid::FromBytes(draft.record());
  const bool known = v1::RecordKind::Code_IsValid(draft.kind()) && draft.kind() != v1::RecordKind::UNSET;
  std::shared_ptr<google::protobuf::Message> base(known ? NewMessage(draft.kind()) : nullptr);
  if (!id || !known || !base->ParseFromString(draft.base())) {
    return DataLoss("the form " + std::to_string(draft.number()) + " does not parse; it is left as it is");
  }
  OpenForm open{.form = FormOn(std::string(KindWord(draft.kind())), *base, NamerOf(view))};
  open.number = draft.number();
  open.id = *id;
  open.create = draft.create();
  open.base_revision = draft.base_revision();
  open.epoch = draft.epoch();
  open.base = std::move(base);
  open.reason = draft.reason();
  open.proposal = draft.proposal();
  open.template_name = draft.template_name();
  open.began_ms = draft.began_ms();
  if (!open.create) open.title = DisplayName(Record(open.id, draft.kind(), open.base));
  const size_t lost = TakeUp(draft.typed(), open.form);
  if (lost > 0) open.notes.push_back(Say("form.lost", {{"count", lost}}));
  open.passage = draft.passage();
  const std::vector<Node> accounts = AccountsOf(open.form);
  if (!open.passage.empty() && draft.passage_account() < accounts.size())
    open.reading = accounts[draft.passage_account()];
  if (draft.has_bulk()) open.bulk = BulkOf(open.form, draft.bulk());
  for (const Node field : open.form.AllFields()) Typed(open.form, field);
  NameReferences(view, open.form);
  return open;
}

void NameReferences(const ReadView& view, Form& form) {
  for (const Node node : form.AllFields()) {
    Field& field = form.said(node);
    if (field.spec->type != FieldType::kReference || field.spec->list) continue;
    field.understood.clear();
    if (field.text.empty()) continue;
    const StatusOr<Uuid> id = view.Resolve(field.text);
    if (!id.ok()) continue;
    const StatusOr<std::optional<Record>> record = view.Get(*id);
    if (record.ok() && *record) field.understood = DisplayName(**record, LanguageCode(CurrentLanguage()));
  }
}

std::string OpenForm::kind_constant() const { return v1::RecordKind::Code_Name(*KindFromWord(form.kind())); }

bool OpenForm::has_problems() const {
  if (!form.problems().empty() || !reason_problems.empty()) return true;
  const std::vector<Node> fields = form.AllFields();
  return std::any_of(fields.begin(), fields.end(), [&](Node node) { return !form.field(node).problems.empty(); });
}

void OpenForm::ForgetProblems() {
  form.problems().clear();
  reason_problems.clear();
  for (const Node node : form.AllFields()) {
    form.said(node).problems.clear();
    form.said(node).warnings.clear();
  }
}

std::string TitleOf(const OpenForm& open) {
  if (open.bulk) return Say("bulk.title", {{"query", open.bulk->query}});
  if (!open.create) return open.title;
  const Form& form = open.form;
  for (const Node item : form.ItemsOf(form.FieldOf(Form::kRecord, "names"))) {
    const Node text = form.FieldOf(item, "text");
    if (text != 0 && !form.field(text).text.empty()) return form.field(text).text;
  }
  return Say("form.new", {{"kind", SayCode(v1::RecordKind::Code_Name(*KindFromWord(form.kind())))}});
}

}  // namespace daftar::forms

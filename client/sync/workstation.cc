#include "client/sync/workstation.h"

#include <algorithm>
#include <map>

#include "client/sync/overlay_view.h"
#include "client/sync/user_store.h"
#include "storage/model/parts.h"
#include "storage/view/lmdb_view.h"

namespace daftar {
namespace {

constexpr size_t kMaxMutationBytes = 3 << 20;  // fits the 4 MiB message limit of the service

std::string ReplicaFolder(const std::string& folder) { return folder + "/replica"; }
std::string UserFolder(const std::string& folder) { return folder + "/user"; }

Status MustBeFetchedAnew(const std::string& folder, const Status& why) {
  return DataLoss("the replica is damaged and has to be fetched anew: remove " + ReplicaFolder(folder) +
                  " and sync. Drafts and what waits for the server lie in " + UserFolder(folder) +
                  " and are safe. What was found: " + Message(why));
}

// The revision at which a form was opened, as the server knows it now: of another history it knows nothing, so that
// every part that it has otherwise meets the edit as a conflict.
Revision SeenAt(const Edit::Base& base, const v1::Checkpoint& head) {
  const bool same = base.epoch == head.cursor().epoch() && base.revision <= head.cursor().revision();
  return same ? base.revision : 0;
}

StatusOr<std::string> BodyOf(const google::protobuf::Message* message) {
  return message != nullptr ? CanonicalBody(*message) : StatusOr<std::string>("");
}

// The record with those parts changed.
StatusOr<std::shared_ptr<const google::protobuf::Message>> Patched(Kind kind, std::string_view body,
                                                                   std::span<const v1::PartEdit> parts) {
  DAFTAR_ASSIGN_OR_RETURN(const std::string patched, PatchBody(body, parts));
  std::shared_ptr<google::protobuf::Message> message = NewMessage(kind);
  if (!message->ParseFromString(patched)) return Internal("a record with its edited parts does not parse");
  return std::shared_ptr<const google::protobuf::Message>(std::move(message));
}

// Whether it can be sent at all.
Status CheckPush(const v1::Mutation& mutation) {
  if (mutation.edit().empty() && mutation.settles().empty())
    return InvalidArgument("nothing changes, so there is nothing to send");
  if (mutation.ByteSizeLong() > kMaxMutationBytes) {
    return InvalidArgument("the edit takes " + std::to_string(mutation.ByteSizeLong()) +
                           " bytes, more than fits into one push; split it");
  }
  return OkStatus();
}

}  // namespace

Workstation::Workstation(std::string folder, const Clock& clock, Random& random)
    : folder_(std::move(folder)), clock_(clock), random_(random) {}

Workstation::~Workstation() = default;

StatusOr<std::unique_ptr<Workstation>> Workstation::Create(const std::string& folder, const std::string& server,
                                                           const std::string& author, const Clock& clock,
                                                           Random& random) {
  if (Exists(UserFolder(folder) + "/data.mdb")) {
    return AlreadyExists("there is a workstation in " + folder + " already; nothing was changed");
  }
  DAFTAR_RETURN_IF_ERROR(MakeFolder(folder));
  DAFTAR_RETURN_IF_ERROR(RefuseNetworkFileSystem(folder));
  // The user's store comes last: its presence says that the workstation is complete.
  { DAFTAR_RETURN_IF_ERROR(LmdbView::Open(ReplicaFolder(folder), {}).status()); }
  {
    DAFTAR_ASSIGN_OR_RETURN(auto user, UserStore::Open(UserFolder(folder), /*create=*/true));
    Uuid client = Uuid::Make(clock.NowMs(), random);
    DAFTAR_RETURN_IF_ERROR(user->Update([&](v1::SyncStatus& status) {
      status.set_client(client.str());
      status.set_server(server);
      status.set_author(author);
    }));
  }
  return Open(folder, clock, random);
}

StatusOr<std::unique_ptr<Workstation>> Workstation::Open(const std::string& folder, const Clock& clock, Random& random,
                                                         const Safety& safety) {
  if (!Exists(UserFolder(folder) + "/data.mdb")) {
    return NotFound("there is no workstation in " + folder + "; `daftarctl init --replica " + folder +
                    " --server HOST:PORT/KEY` makes one");
  }
  auto station = std::unique_ptr<Workstation>(new Workstation(folder, clock, random));
  DAFTAR_ASSIGN_OR_RETURN(station->lock_, FolderLock::Acquire(folder));
  DAFTAR_ASSIGN_OR_RETURN(station->user_, UserStore::Open(UserFolder(folder), /*create=*/false, safety));
  LmdbView::Options options;
  options.probe_after_crash = options.check_after_crash = safety.after_crash;
  StatusOr<std::unique_ptr<LmdbView>> view = LmdbView::Open(ReplicaFolder(folder), options);
  if (view.status().code() == StatusCode::kDataLoss) return MustBeFetchedAnew(folder, view.status());
  DAFTAR_ASSIGN_OR_RETURN(station->view_, std::move(view));
  return station;
}

PrivateStore& Workstation::mine() { return user_->mine(); }
const PrivateStore& Workstation::mine() const { return user_->mine(); }

StatusOr<std::unique_ptr<ReadView>> Workstation::Read() const {
  const uint64_t user_state = user_->state();
  const LastLaid last = [this] {
    MutexLock lock(laid_mutex_);
    return last_laid_;
  }();
  if (last.edits && last.user == user_state) {
    DAFTAR_ASSIGN_OR_RETURN(std::unique_ptr<ReadView> base, view_->Snapshot());
    if (base->state() != 0 && base->state() == last.replica) return OverlayView::Create(std::move(base), last.edits);
  }
  // The outbox first: an entry that leaves it meanwhile is in the newer snapshot, and is then laid over its own effect.
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<v1::OutboxEntry> outbox, user_->Outbox());
  DAFTAR_ASSIGN_OR_RETURN(std::unique_ptr<ReadView> base, view_->Snapshot());
  DAFTAR_ASSIGN_OR_RETURN(std::shared_ptr<const LaidEdits> edits, LaidEdits::Lay(*base, outbox));
  {
    MutexLock lock(laid_mutex_);
    last_laid_ = {user_state, base->state(), edits};
  }
  return OverlayView::Create(std::move(base), std::move(edits));
}

Uuid Workstation::NewId() { return Uuid::Make(clock_.NowMs(), random_); }

StatusOr<CheckedEdit> Workstation::Check(std::span<const Edit> edits, const std::string& reason) const {
  DAFTAR_ASSIGN_OR_RETURN(std::unique_ptr<ReadView> view, Read());
  DAFTAR_ASSIGN_OR_RETURN(v1::Checkpoint head, view->Head());
  DAFTAR_ASSIGN_OR_RETURN(v1::SyncStatus status, user_->Status());
  CheckedEdit checked;
  // While the replica is filled it shows no revision, and holds nothing older than the base.
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<v1::StoredFill> fill, view_->fill().State());
  checked.mutation.set_base_revision(fill ? fill->base().revision() : head.cursor().revision());
  checked.mutation.set_author(status.author());
  checked.mutation.set_at_ms(clock_.NowMs());
  checked.mutation.set_reason(reason);
  checked.problems = ValidatePush(checked.mutation);

  auto kind_of = [&](const Uuid& id) -> std::optional<Kind> {
    for (const Edit& edit : edits) {
      if (edit.id == id) return edit.kind;
    }
    auto kind = view->KindOf(id);
    return kind.ok() ? *kind : std::nullopt;
  };
  for (const Edit& edit : edits) {
    if (edit.base)
      checked.mutation.set_base_revision(std::min(checked.mutation.base_revision(), SeenAt(*edit.base, head)));
    DAFTAR_RETURN_IF_ERROR(AddEdit(*view, edit, kind_of, checked));
  }
  return checked;
}

Status Workstation::AddEdit(const ReadView& view, const Edit& edit, const KindLookup& kind_of,
                            CheckedEdit& checked) const {
  const auto wrong = [&checked](std::string words) { checked.problems.push_back({"", std::move(words)}); };
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<Record> before, view.Get(edit.id));
  if (before && before->stub()) {
    wrong(
        "only a stub of this record is here, since it does not belong to the scope of this replica; widen the scope "
        "and "
        "sync before editing it");
    return OkStatus();
  }
  const bool gone = edit.base && edit.base->message != nullptr && !before;
  if (gone) {
    wrong("the record is not here any more: it ended, or left the scope of this replica");
    return OkStatus();
  }
  std::string now, from;
  if (before) {
    DAFTAR_ASSIGN_OR_RETURN(now, CanonicalBody(before->message()));
  }
  DAFTAR_ASSIGN_OR_RETURN(from, edit.base ? BodyOf(edit.base->message.get()) : StatusOr<std::string>(now));
  // What others did since the base stays, unless the edit is of the very same part.
  std::shared_ptr<const google::protobuf::Message> wanted = edit.message;
  const StatusOr<std::string> to = CanonicalBody(*edit.message);
  std::vector<v1::PartEdit> parts;
  if (to.ok()) {
    DAFTAR_ASSIGN_OR_RETURN(parts, DiffParts(from, *to));
    if (from != now) {
      DAFTAR_ASSIGN_OR_RETURN(wanted, Patched(edit.kind, now, parts));
    }
  }
  const std::vector<FieldProblem> problems = Validate(edit.kind, *wanted, edit.id, kind_of);
  const std::vector<FieldProblem> warnings = Warnings(edit.kind, *wanted);
  checked.problems.insert(checked.problems.end(), problems.begin(), problems.end());
  checked.warnings.insert(checked.warnings.end(), warnings.begin(), warnings.end());
  if (!problems.empty()) return OkStatus();
  DAFTAR_RETURN_IF_ERROR(to.status());

  const size_t bytes = wanted->ByteSizeLong();
  if (bytes > kMaxRecordBytes)
    wrong("the record takes " + std::to_string(bytes) + " bytes; at most " + std::to_string(kMaxRecordBytes));
  if (parts.empty()) return OkStatus();
  v1::RecordEdit& record = *checked.mutation.add_edit();
  record.set_record(edit.id.str());
  record.set_kind(edit.kind);
  record.set_create(!before);
  for (v1::PartEdit& part : parts) *record.add_part() = std::move(part);
  return OkStatus();
}

StatusOr<CheckedEdit> Workstation::CheckDecision(const v1::Conflict& conflict, const std::optional<std::string>& value,
                                                 const std::string& reason) const {
  DAFTAR_ASSIGN_OR_RETURN(std::unique_ptr<ReadView> view, Read());
  DAFTAR_ASSIGN_OR_RETURN(v1::SyncStatus status, user_->Status());
  CheckedEdit checked;
  checked.mutation.set_base_revision(conflict.theirs_revision());
  checked.mutation.set_author(status.author());
  checked.mutation.set_at_ms(clock_.NowMs());
  checked.mutation.set_reason(reason);
  *checked.mutation.add_settles() = conflict.id();
  checked.problems = ValidatePush(checked.mutation);
  if (!value) return checked;

  std::optional<Uuid> id = Uuid::FromBytes(conflict.record());
  if (!id) return DataLoss("a stored conflict names no record");
  v1::RecordEdit& edit = *checked.mutation.add_edit();
  edit.set_record(conflict.record());
  edit.set_kind(conflict.kind());
  std::map<PartId, std::string> wanted;
  if (conflict.cause() == v1::Conflict::Cause::RETIRED) wanted[{kRetiredField, 0}] = "";
  wanted[{conflict.field(), conflict.key()}] = *value;
  for (const auto& [part, bytes] : wanted) {
    v1::PartEdit& change = *edit.add_part();
    change.set_field(part.first);
    change.set_key(part.second);
    change.set_value(bytes);
  }

  DAFTAR_ASSIGN_OR_RETURN(std::optional<Record> before, view->Get(*id));
  if (before && before->stub())
    return FailedPrecondition("only a stub of the record is here; widen the scope and sync. Nothing was changed");
  if (!before) return FailedPrecondition("the record is not in this replica yet; sync first. Nothing was changed");
  DAFTAR_ASSIGN_OR_RETURN(std::string body, CanonicalBody(before->message()));
  DAFTAR_ASSIGN_OR_RETURN(body, PatchBody(body, std::vector<v1::PartEdit>(edit.part().begin(), edit.part().end())));
  std::unique_ptr<google::protobuf::Message> message = NewMessage(conflict.kind());
  if (!message->ParseFromString(body)) return InvalidArgument("the value does not parse");
  auto kind_of = [&](const Uuid& other) {
    auto kind = view->KindOf(other);
    return kind.ok() ? *kind : std::nullopt;
  };
  std::vector<FieldProblem> problems = Validate(conflict.kind(), *message, *id, kind_of);
  checked.problems.insert(checked.problems.end(), problems.begin(), problems.end());
  checked.warnings = Warnings(conflict.kind(), *message);
  return checked;
}

StatusOr<uint64_t> Workstation::Queue(v1::Mutation mutation) {
  DAFTAR_RETURN_IF_ERROR(CheckPush(mutation));
  return user_->Queue(std::move(mutation));
}

StatusOr<uint64_t> Workstation::QueueDraft(uint64_t draft_seq, v1::Mutation mutation) {
  DAFTAR_RETURN_IF_ERROR(CheckPush(mutation));
  return user_->QueueDraft(draft_seq, std::move(mutation));
}

StatusOr<uint64_t> Workstation::QueueForm(uint64_t number, v1::Mutation mutation) {
  DAFTAR_RETURN_IF_ERROR(CheckPush(mutation));
  return user_->QueueForm(number, std::move(mutation));
}

FormDrafts& Workstation::forms() { return user_->forms(); }

Status Workstation::DropDraft(uint64_t draft_seq) { return user_->DropDraft(draft_seq); }

StatusOr<std::vector<v1::OutboxEntry>> Workstation::Outbox() const { return user_->Outbox(); }
StatusOr<std::set<uint64_t>> Workstation::CarriedByRelay() const { return user_->CarriedByRelay(); }
StatusOr<std::vector<v1::Draft>> Workstation::Drafts() const { return user_->Drafts(); }
StatusOr<std::vector<v1::ConflictEntry>> Workstation::Conflicts() const { return user_->Conflicts(); }
StatusOr<v1::SyncStatus> Workstation::SyncState() const { return user_->Status(); }

Status Workstation::SetServer(const std::string& server) {
  return user_->Update([&](v1::SyncStatus& status) { status.set_server(server); });
}

Status Workstation::SetAuthor(const std::string& author) {
  return user_->Update([&](v1::SyncStatus& status) { status.set_author(author); });
}

Status Workstation::TrustServer(const PublicKey& key) {
  DAFTAR_ASSIGN_OR_RETURN(const v1::SyncStatus status, user_->Status());
  if (!status.server_key().empty() && status.server_key() != key.bytes()) {
    return FailedPrecondition(
        "this workstation knows its server by another key, and nothing was changed. If the server really has a new "
        "one, ask its keeper, and begin with a new replica");
  }
  return user_->Update([&key](v1::SyncStatus& update) { update.set_server_key(std::string(key.bytes())); });
}

StatusOr<bool> Workstation::HadCheckpoint() const {
  DAFTAR_ASSIGN_OR_RETURN(const auto snapshot, view_->Snapshot());
  DAFTAR_ASSIGN_OR_RETURN(const v1::Checkpoint head, snapshot->Head());
  return head.server_ms() != 0;
}

Status Workstation::SetScope(const v1::Scope& scope) {
  DAFTAR_ASSIGN_OR_RETURN(const Scope wanted, Scope::From(scope));
  // What is on its way here was sent for another scope; of a replica that was at no state yet, that is all there is.
  DAFTAR_RETURN_IF_ERROR(view_->DropStaged());
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<v1::StoredFill> fill, view_->fill().State());
  DAFTAR_ASSIGN_OR_RETURN(const bool proven, HadCheckpoint());
  if (fill || !proven) {
    DAFTAR_RETURN_IF_ERROR(user_->DoubtBases());
    DAFTAR_RETURN_IF_ERROR(view_->Clear());
  }
  return user_->Update([&](v1::SyncStatus& status) {
    status.clear_scope();
    if (!wanted.everything()) *status.mutable_scope() = wanted.message();
  });
}

}  // namespace daftar

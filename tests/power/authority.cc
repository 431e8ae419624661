#include "tests/power/authority.h"

#include <algorithm>

#include "storage/lmdb/check.h"
#include "storage/model/parts.h"
#include "storage/view/tables.h"

namespace daftar::power {
namespace {

constexpr const char* kWords[] = {"cordon", "border",  "clash",  "outpost", "river",   "Ансоруллоҳ", "гурӯҳ", "посбон",
                                  "قاچاق",  "سرحد",    "bridge", "patrol",  "Khatlon", "Badakhshan", "Panj",  "night",
                                  "rifle",  "statute", "denied", "village", "crossed", "reported",   "two",   "seven"};

template <typename Message>
void SetName(Message& message, const std::string& text) {
  if (message.name().empty()) message.add_name()->set_key(1);
  message.mutable_name(0)->set_text(text);
}

void SetRetired(google::protobuf::Message& message) {
  const auto* field = message.GetDescriptor()->FindFieldByNumber(kRetiredField);
  auto* retired = static_cast<v1::Retirement*>(message.GetReflection()->MutableMessage(&message, field));
  retired->set_reason("a duplicate");
}

void SetNotes(google::protobuf::Message& message, const std::string& text) {
  message.GetReflection()->SetString(&message, message.GetDescriptor()->FindFieldByName("notes"), text);
}

}  // namespace

Authority::Authority(uint64_t seed) : random_(seed) {
  auto created = LmdbLogStore::Create(folder_.path(), clock_, random_);
  DAFTAR_CHECK(created.ok());
  log_ = *std::move(created);
}

v1::Checkpoint Authority::head() const { return *log_->Head(); }

std::string Authority::Words(size_t count) {
  std::string text;
  for (size_t i = 0; i < count; ++i)
    text += (i == 0 ? "" : " ") + std::string(kWords[random_.Below(std::size(kWords))]);
  return text;
}

bool Authority::Have(Kind kind) const {
  return std::any_of(known_.begin(), known_.end(), [kind](const Known& known) { return known.kind == kind; });
}

Uuid Authority::Any(Kind kind) {
  std::vector<const Known*> fit;
  for (const Known& known : known_) {
    if (known.kind == kind) fit.push_back(&known);
  }
  return fit[random_.Below(fit.size())]->id;
}

v1::RecordEdit Authority::NewRecord() {
  Known made{Uuid::Make(clock_.NowMs(), random_), v1::RecordKind::INCIDENT, nullptr};
  clock_.Advance(1);
  const std::string name = Words(1 + random_.Below(4)) + " " + std::to_string(++names_);
  if (!Have(v1::RecordKind::SOURCE) || Chance(8)) {
    made.kind = v1::RecordKind::SOURCE;
    auto source = std::make_shared<v1::Source>();
    SetName(*source, name);
    made.message = source;
  } else if (!Have(v1::RecordKind::PLACE) || Chance(12)) {
    made.kind = v1::RecordKind::PLACE;
    auto place = std::make_shared<v1::Place>();
    SetName(*place, name);
    place->set_kind(Chance(30) ? v1::PlaceKind::ADM1 : v1::PlaceKind::SETTLEMENT);
    place->set_country(Chance(50) ? "TJ" : "AF");
    if (Have(made.kind) && Chance(60)) place->set_parent(Any(made.kind).str());
    made.message = place;
  } else if (!Have(v1::RecordKind::ACTOR) || Chance(12)) {
    made.kind = v1::RecordKind::ACTOR;
    auto actor = std::make_shared<v1::Actor>();
    SetName(*actor, name);
    made.message = actor;
  } else {
    auto incident = std::make_shared<v1::Incident>();
    SetName(*incident, name);
    incident->add_kind(Chance(50) ? v1::IncidentKind::CLASH : v1::IncidentKind::INFILTRATION);
    for (uint64_t key = 1 + random_.Below(3); key > 0; --key) {
      v1::Account& account = *incident->add_account();
      account.set_key(key);
      account.set_source(Any(v1::RecordKind::SOURCE).str());
      account.set_place(Any(v1::RecordKind::PLACE).str());
      if (Chance(80)) {
        const int day = 19000 + static_cast<int>(random_.Below(600));
        account.mutable_date()->set_first_day(day);
        account.mutable_date()->set_last_day(day);
        account.mutable_date()->set_precision(v1::DatePrecision::DAY);
      }
      account.set_summary(Words(5 + random_.Below(60)));
    }
    made.message = incident;
  }
  v1::RecordEdit edit;
  edit.set_record(made.id.str());
  edit.set_kind(made.kind);
  edit.set_create(true);
  const auto parts = DiffParts("", *CanonicalBody(*made.message));
  edit.mutable_part()->Add(parts->begin(), parts->end());
  known_.push_back(std::move(made));
  return edit;
}

v1::RecordEdit Authority::EditOf(Known& known) {
  const std::string before = *CanonicalBody(*known.message);
  SetNotes(*known.message, Words(1 + random_.Below(20)) + " " + std::to_string(++names_));
  if (auto* place = dynamic_cast<v1::Place*>(known.message.get()); place != nullptr && Chance(50)) {
    place->set_country(place->country() == "TJ" ? "AF" : "TJ");
  }
  if (auto* incident = dynamic_cast<v1::Incident*>(known.message.get())) {
    if (Chance(50)) SetName(*incident, Words(3));
    if (Chance(30)) incident->mutable_account(0)->set_place(Any(v1::RecordKind::PLACE).str());
    if (Chance(10)) SetRetired(*incident);
  }
  v1::RecordEdit edit;
  edit.set_record(known.id.str());
  edit.set_kind(known.kind);
  const auto parts = DiffParts(before, *CanonicalBody(*known.message));
  edit.mutable_part()->Add(parts->begin(), parts->end());
  return edit;
}

Batch Authority::Write(int pushes) {
  const Revision before = head().cursor().revision();
  for (int i = 0; i < pushes; ++i) {
    v1::Mutation mutation;
    mutation.set_client(Uuid::FromName("power:stranger").str());
    mutation.set_seq(++seq_);
    mutation.set_base_revision(before + static_cast<Revision>(i));
    mutation.set_author("stranger");
    mutation.set_reason("because");
    std::vector<Uuid> changed;
    for (uint64_t edits = 1 + random_.Below(6); edits > 0; --edits) {
      if (known_.size() < 8 || Chance(55)) {
        *mutation.add_edit() = NewRecord();
        changed.push_back(known_.back().id);
        continue;
      }
      Known& old = known_[random_.Below(known_.size())];
      if (std::find(changed.begin(), changed.end(), old.id) != changed.end()) continue;
      changed.push_back(old.id);
      *mutation.add_edit() = EditOf(old);
    }
    if (mutation.edit().empty()) *mutation.add_edit() = NewRecord();
    const std::vector<v1::Mutation> group{mutation};
    const auto results = log_->Commit(group);
    DAFTAR_CHECK(results.ok() && (*results)[0].ok());
    DAFTAR_CHECK((*results)[0]->outcome() == v1::PushResult::Outcome::APPLIED);
  }
  return Since(before);
}

Batch Authority::Everything() const { return Since(0); }

Batch Authority::Since(Revision revision) const {
  Batch batch;
  v1::Position position;
  position.set_revision(revision);
  position.set_rid(revision == 0 ? 0 : UINT32_MAX);
  while (true) {
    const auto changes = log_->view().ChangesAfter(position, revision, 16 << 10);
    DAFTAR_CHECK(changes.ok());
    batch.checkpoint = changes->head;
    if (changes->set.changes.empty()) return batch;
    batch.frames.push_back(*EncodeFrame(changes->set));
    *batch.frames.back().mutable_position() = position = changes->position;
  }
}

v1::DeltaFrame Authority::Repair(const std::vector<Rid>& rids) const {
  const StatusOr<WholeBatch> whole = log_->view().WholeRecords(rids, 1 << 20);
  DAFTAR_CHECK(whole.ok());
  v1::DeltaFrame frame = *EncodeFrame(whole->set);
  frame.set_repair(true);
  return frame;
}

Status Follow(LmdbView& view, const Batch& batch) {
  for (const v1::DeltaFrame& frame : batch.frames) DAFTAR_RETURN_IF_ERROR(view.Stage(frame));
  return view.ApplyStaged(batch.checkpoint).status();
}

Status CheckStore(LmdbView& view) {
  for (const lmdb::Table& table : view.env().tables()) {
    DAFTAR_ASSIGN_OR_RETURN(const lmdb::TableCheck check, lmdb::CheckTable(view.env(), table));
    if (!check.healthy()) return DataLoss(check.InWords());
  }
  DAFTAR_ASSIGN_OR_RETURN(const VerifyReport report, view.Verify(nullptr));
  if (!report.healthy()) {
    std::string words = "verify:";
    for (const VerifyReport::Damage& damage : report.records) words += " " + damage.what;
    for (const std::string& table : report.tables) words += " table " + table;
    return DataLoss(words + (report.digest_holds ? "" : " digest"));
  }
  const FakeClock clock(0);
  DAFTAR_ASSIGN_OR_RETURN(const TextIndexCheck texts, view.CheckTextIndex(clock, nullptr));
  return texts.healthy() ? OkStatus() : DataLoss(texts.InWords());
}

}  // namespace daftar::power

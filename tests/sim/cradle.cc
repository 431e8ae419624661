#include "tests/sim/cradle.h"

#include <malloc.h>

#include "client/sync/workstation.h"
#include "server/core/dataset.h"
#include "storage/model/parts.h"
#include "tests/sim/edits.h"
#include "tests/temporary_folder.h"

namespace daftar::sim {
namespace {

template <typename Message>
void Name(Message& message, const std::string& text) {
  message.add_name()->set_text(text);
  message.mutable_name(0)->set_key(1);
}

// LMDB asks for 2 MB of zeroes with each file that it opens. Fresh pages are zero already; memory that was used before
// would have to be cleared, and it would be once glibc has learnt to keep what was so large.
void GiveLargeMemoryBack() {
#ifdef M_MMAP_THRESHOLD
  ::mallopt(M_MMAP_THRESHOLD, 1 << 20);
#endif
}

}  // namespace

Founding::Founding() {
  mutation_.set_client(Uuid::FromName("sim:founder").str());
  mutation_.set_seq(1);
  mutation_.set_author("founder");
}

void Founding::Add(const Uuid& id, Kind kind, const google::protobuf::Message& record) {
  v1::RecordEdit& edit = *mutation_.add_edit();
  edit.set_record(id.str());
  edit.set_kind(kind);
  edit.set_create(true);
  const std::vector<v1::PartEdit> parts = *DiffParts("", *CanonicalBody(record));
  edit.mutable_part()->Add(parts.begin(), parts.end());
}

Founding FirstRecords() {
  Founding founding;
  const auto add = [&founding](const Uuid& id, Kind kind, auto& message, const std::string& name) {
    Name(message, name);
    founding.Add(id, kind, message);
  };
  v1::Source source;
  add(SourceId(), v1::RecordKind::SOURCE, source, "a source");
  v1::Actor actor;
  actor.set_country("TJ");
  actor.set_notes("what is not in a stub");
  add(ActorId(), v1::RecordKind::ACTOR, actor, "an actor");
  for (uint64_t i = 0; i < kPlaces; ++i) {
    v1::Place place;
    if (i == 1) place.set_parent(PlaceId(0).str());
    if (i != 1) place.set_country(i == 0 ? "TJ" : "AF");
    add(PlaceId(i), v1::RecordKind::PLACE, place, "place " + std::to_string(i));
  }
  for (uint64_t i = 0; i < kIncidents; ++i) {
    v1::Incident incident;
    incident.add_kind(v1::IncidentKind::CLASH);
    add(IncidentId(i), v1::RecordKind::INCIDENT, incident, "incident " + std::to_string(i));
  }
  return founding;
}

Cradle::Cradle(const Founding& founding) {
  GiveLargeMemoryBack();
  const FakeClock clock(kBirthMs);
  SeededRandom random(1);
  status_ = Fill(founding, clock, random);
}

Status Cradle::Fill(const Founding& founding, const Clock& clock, Random& random) {
  const TemporaryFolder folder;
  {
    DAFTAR_ASSIGN_OR_RETURN(const auto dataset, Dataset::Create(folder.File("server"), clock, random));
    const std::vector<v1::Mutation> pushes{founding.mutation()};
    DAFTAR_RETURN_IF_ERROR(dataset->log().Commit(pushes).status());
  }
  DAFTAR_ASSIGN_OR_RETURN(server_, FolderImage::Of(folder.File("server")));
  for (int i = 0; i < kMostClients; ++i) {
    const std::string author = "editor " + std::to_string(i), place = folder.File("client" + std::to_string(i));
    DAFTAR_RETURN_IF_ERROR(Workstation::Create(place, "sim", author, clock, random).status());
    DAFTAR_ASSIGN_OR_RETURN(clients_.emplace_back(), FolderImage::Of(place));
  }
  return OkStatus();
}

Status Cradle::LayDownServer(const std::string& folder) const {
  DAFTAR_RETURN_IF_ERROR(status_);
  return server_.LayDown(folder);
}

Status Cradle::LayDownClient(int number, const std::string& folder) const {
  DAFTAR_RETURN_IF_ERROR(status_);
  return clients_[static_cast<size_t>(number)].LayDown(folder);
}

}  // namespace daftar::sim

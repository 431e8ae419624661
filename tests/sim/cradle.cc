#include "tests/sim/cradle.h"

#include <malloc.h>

#include "client/sync/workstation.h"
#include "server/core/dataset.h"
#include "storage/model/parts.h"
#include "tests/sim/edits.h"
#include "tests/temporary_folder.h"

namespace daftar::sim {
namespace {

// A push of whole new records, as `daftard init` makes one.
v1::Mutation Founding(const std::vector<std::pair<Uuid, Kind>>& records, const std::vector<std::string>& bodies) {
  v1::Mutation mutation;
  mutation.set_client(Uuid::FromName("sim:founder").str());
  mutation.set_seq(1);
  mutation.set_author("founder");
  for (size_t i = 0; i < records.size(); ++i) {
    v1::RecordEdit& edit = *mutation.add_edit();
    edit.set_record(records[i].first.str());
    edit.set_kind(records[i].second);
    edit.set_create(true);
    std::vector<v1::PartEdit> parts = *DiffParts("", bodies[i]);
    edit.mutable_part()->Add(parts.begin(), parts.end());
  }
  return mutation;
}

template <typename Message>
void Name(Message& message, const std::string& text) {
  message.add_name()->set_text(text);
  message.mutable_name(0)->set_key(1);
}

v1::Mutation FirstRecords() {
  std::vector<std::pair<Uuid, Kind>> ids;
  std::vector<std::string> bodies;
  const auto add = [&](const Uuid& id, Kind kind, auto& message, const std::string& name) {
    Name(message, name);
    ids.push_back({id, kind});
    bodies.push_back(*CanonicalBody(message));
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
  return Founding(ids, bodies);
}

// LMDB asks for 2 MB of zeroes with each file that it opens. Fresh pages are zero already; memory that was used before
// would have to be cleared, and it would be once glibc has learnt to keep what was so large.
void GiveLargeMemoryBack() {
#ifdef M_MMAP_THRESHOLD
  ::mallopt(M_MMAP_THRESHOLD, 1 << 20);
#endif
}

}  // namespace

Cradle::Cradle() {
  GiveLargeMemoryBack();
  const FakeClock clock(kBirthMs);
  SeededRandom random(1);
  status_ = Fill(clock, random);
}

Status Cradle::Fill(const Clock& clock, Random& random) {
  const TemporaryFolder folder;
  {
    DAFTAR_ASSIGN_OR_RETURN(const auto dataset, Dataset::Create(folder.File("server"), clock, random));
    const std::vector<v1::Mutation> founding{FirstRecords()};
    DAFTAR_RETURN_IF_ERROR(dataset->log().Commit(founding).status());
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

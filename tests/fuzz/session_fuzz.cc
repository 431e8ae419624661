// A client that says anything, in any order: hellos, wants, sums, scopes. Each frame of the input is two bytes of
// length and a ClientFrame. The server answers or refuses in words; it never stops answering others. Pushes are left
// out: they would make one run depend on those before it.
#include <memory>
#include <string>

#include "server/core/dataset.h"
#include "server/core/session.h"
#include "storage/base/random.h"
#include "storage/model/parts.h"
#include "tests/temporary_folder.h"

namespace daftar {
namespace {

constexpr int kMostAnswers = 64;  // to one frame

// A dataset of some places and incidents, with chunks; made once.
class World {
 public:
  World() {
    dataset_ = *Dataset::Create(folder_.File("server"), clock_, random_);
    v1::Mutation mutation;
    mutation.set_client(Uuid::FromName("founder").str());
    mutation.set_seq(1);
    mutation.set_author("founder");
    for (int i = 0; i < 40; ++i) {
      v1::Place place;
      place.set_country(i % 2 == 0 ? "TJ" : "AF");
      place.add_name()->set_key(1);
      place.mutable_name(0)->set_text("place " + std::to_string(i));
      v1::RecordEdit& edit = *mutation.add_edit();
      edit.set_record(Uuid::FromName(place.name(0).text()).str());
      edit.set_kind(v1::RecordKind::PLACE);
      edit.set_create(true);
      const auto parts = *DiffParts("", *CanonicalBody(place));
      edit.mutable_part()->Add(parts.begin(), parts.end());
    }
    const std::vector<v1::Mutation> group{mutation};
    DAFTAR_CHECK(dataset_->log().Commit(group).ok());
    DAFTAR_CHECK(dataset_->snapshots().Refresh(dataset_->view(), clock_, 1, nullptr).ok());
  }
  Dataset& dataset() { return *dataset_; }

 private:
  TemporaryFolder folder_;
  FakeClock clock_{1'700'000'000'000};
  SeededRandom random_{1};
  std::unique_ptr<Dataset> dataset_;
};

void Answer(Session& session) {
  for (int i = 0; i < kMostAnswers; ++i) {
    const auto next = session.Next();
    if (!next.ok()) DAFTAR_CHECK(!next.status().message().empty() && next.status().code() != StatusCode::kInternal);
    if (!next.ok() || !*next) return;
  }
}

}  // namespace
}  // namespace daftar

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace daftar;
  static World& world = *new World();
  Session session(world.dataset(), [] {});
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  while (rest.size() >= 2) {
    const size_t length = static_cast<uint8_t>(rest[0]) << 8 | static_cast<uint8_t>(rest[1]);
    rest.remove_prefix(2);
    v1::ClientFrame frame;
    const std::string_view bytes = rest.substr(0, length);
    if (!frame.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())) || frame.has_push()) return 0;
    const Status status = session.OnFrame(frame);
    DAFTAR_CHECK(status.ok() || (!status.message().empty() && status.code() != StatusCode::kInternal));
    if (!status.ok()) return 0;
    Answer(session);
    rest.remove_prefix(bytes.size());
  }
  return 0;
}

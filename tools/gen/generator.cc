#include "tools/gen/generator.h"

#include "tools/gen/world.h"

namespace daftar::gen {

Generator::Generator(const GeneratorOptions& options) : world_(std::make_unique<World>(options)) {}
Generator::~Generator() = default;

const Counts& Generator::counts() const { return world_->counts(); }
Rid Generator::first_incident() const { return world_->FirstRid(v1::RecordKind::INCIDENT); }
Uuid Generator::IdOf(Rid rid) const { return world_->IdOf(rid); }
Kind Generator::KindOf(Rid rid) const { return world_->KindOf(rid); }
std::optional<Rid> Generator::RidOf(const Uuid& id) const { return world_->RidOf(id); }

std::optional<Record> Generator::Next() {
  if (next_ > total()) return std::nullopt;
  return At(next_++);
}

Record Generator::At(Rid rid) const {
  const Kind kind = world_->KindOf(rid);
  const uint64_t index = rid - world_->FirstRid(kind);
  auto shared = [&](auto message) {
    return Record(world_->IdOf(rid), kind, std::make_shared<const decltype(message)>(std::move(message)));
  };
  switch (kind) {
    case v1::RecordKind::PLACE:
      return shared(MakePlace(*world_, index));
    case v1::RecordKind::ACTOR:
      return shared(MakeActor(*world_, index));
    case v1::RecordKind::SOURCE:
      return shared(MakeSource(*world_, index));
    case v1::RecordKind::RELATION:
      return shared(MakeRelation(*world_, index));
    case v1::RecordKind::ALERT_PERIOD:
      return shared(MakeAlertPeriod(*world_, index));
    default:
      return shared(MakeIncident(*world_, index));
  }
}

}  // namespace daftar::gen

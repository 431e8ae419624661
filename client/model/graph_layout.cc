#include "client/model/graph_layout.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <string_view>

namespace daftar {
namespace {

constexpr double kIdeal = 100;    // length of an edge, before the picture is stretched
constexpr double kStretch = 2.2;  // boxes are wide, and so are screens
// Between boxes that are joined, where there is room: for the words of their line.
constexpr double kJoinedX = 110, kJoinedY = 48;
constexpr double kAnchor = 0.12;  // how much a box keeps to its first place
constexpr int kRounds = 120;
constexpr int kPushes = 40, kLastPushes = 400;

struct Vec {
  double x = 0, y = 0;
};
Vec operator+(Vec a, Vec b) { return {a.x + b.x, a.y + b.y}; }
Vec operator-(Vec a, Vec b) { return {a.x - b.x, a.y - b.y}; }
Vec operator*(Vec a, double by) { return {a.x * by, a.y * by}; }
double Length(Vec a) { return std::sqrt(a.x * a.x + a.y * a.y); }

// FNV-1a, and then mixed so that ids which differ in one digit are far apart.
uint64_t HashOf(std::string_view id) {
  uint64_t hash = 14695981039346656037u;
  for (unsigned char c : id) hash = (hash ^ c) * 1099511628211u;
  hash = (hash ^ (hash >> 31)) * 0x9E3779B97F4A7C15u;
  return hash ^ (hash >> 29);
}

// A point of the unit circle, without sine and cosine, which machines round differently.
Vec Direction(uint64_t hash) {
  const double t = static_cast<double>(hash >> 40) / static_cast<double>(1 << 24);  // 0 to 1
  const Vec quarter{(1 - t * t) / (1 + t * t), 2 * t / (1 + t * t)};
  switch (hash & 3) {
    case 0:
      return quarter;
    case 1:
      return {-quarter.y, quarter.x};
    case 2:
      return {-quarter.x, -quarter.y};
    default:
      return {quarter.y, -quarter.x};
  }
}

class Layout {
 public:
  Layout(const std::vector<LayoutBox>& boxes, const std::vector<LayoutLink>& links);
  std::vector<LayoutPlace> Find();

 private:
  void Start();
  void Round(double reach);
  // `for_words`: boxes that are joined by more than others.
  void PushApart(int rounds, bool for_words);
  void Settle();
  // How far the two are inside each other, with the gap that is to be between them; not positive: apart.
  Vec Overlap(size_t a, size_t b, bool for_words) const;
  bool Joined(size_t a, size_t b) const { return joined_[a * boxes_.size() + b]; }
  bool Free(size_t box, Vec at, size_t settled) const;

  // Inside, boxes go by hop and id, and links by their boxes: no sum depends on the order of the input.
  std::vector<LayoutBox> boxes_;
  std::vector<size_t> input_;  // the place of each in the input
  std::vector<LayoutLink> links_;
  std::vector<bool> joined_;  // of each two boxes
  std::vector<Vec> half_;     // of the sizes of the boxes
  std::vector<Vec> first_, at_, force_;
};

Layout::Layout(const std::vector<LayoutBox>& boxes, const std::vector<LayoutLink>& links) : input_(boxes.size()) {
  std::iota(input_.begin(), input_.end(), 0);
  std::sort(input_.begin(), input_.end(), [&](size_t a, size_t b) {
    return boxes[a].hop != boxes[b].hop ? boxes[a].hop < boxes[b].hop : boxes[a].id < boxes[b].id;
  });
  std::vector<size_t> inside(boxes.size());
  for (size_t i = 0; i < input_.size(); ++i) {
    inside[input_[i]] = i;
    boxes_.push_back(boxes[input_[i]]);
    half_.push_back({boxes_.back().width / 2.0, boxes_.back().height / 2.0});
  }
  for (const LayoutLink& link : links) {
    const auto [one, other] = std::minmax(inside[link.one], inside[link.other]);
    if (one != other) links_.push_back({one, other});
  }
  joined_.resize(boxes.size() * boxes.size());
  for (const LayoutLink& link : links_) {
    joined_[link.one * boxes.size() + link.other] = joined_[link.other * boxes.size() + link.one] = true;
  }
  std::sort(links_.begin(), links_.end(), [](const LayoutLink& a, const LayoutLink& b) {
    return a.one != b.one ? a.one < b.one : a.other < b.other;
  });
}

void Layout::Start() {
  std::vector<size_t> parent(boxes_.size(), 0);
  for (const LayoutLink& link : links_) {
    // The first one, which is the nearest.
    if (boxes_[link.one].hop < boxes_[link.other].hop && parent[link.other] == 0) parent[link.other] = link.one;
  }
  // Rings grow with what stands on them, in steps so that one box more seldom changes them.
  double ring = kIdeal;
  while (ring * ring * 4 < kIdeal * kIdeal * static_cast<double>(boxes_.size()) / 4) ring *= 1.5;
  first_.resize(boxes_.size());
  for (size_t i = 1; i < boxes_.size(); ++i) {
    const Vec away = Direction(HashOf(boxes_[i].id));
    const Vec above = first_[parent[i]];
    const double far = Length(above);
    // Outwards from what it hangs on, and to the side by its id.
    first_[i] = far > 0 ? above + above * (ring * 0.7 / far) + away * (ring * 0.7) : away * ring;
  }
  at_ = first_;
}

void Layout::Round(double reach) {
  force_.assign(boxes_.size(), Vec{});
  // Written out: this is where the time goes.
  const Vec* const at = at_.data();
  Vec* const force = force_.data();
  const size_t count = boxes_.size();
  for (size_t a = 0; a < count; ++a) {
    const Vec here = at[a];
    Vec pushed;
    for (size_t b = a + 1; b < count; ++b) {
      const double x = here.x - at[b].x, y = here.y - at[b].y;
      const double by = kIdeal * kIdeal / (x * x + y * y + 1);
      pushed.x += x * by;
      pushed.y += y * by;
      force[b].x -= x * by;
      force[b].y -= y * by;
    }
    force[a] = force[a] + pushed;
  }
  for (const LayoutLink& link : links_) {
    const Vec apart = at_[link.one] - at_[link.other];
    const Vec pull = apart * (Length(apart) / kIdeal);
    force_[link.one] = force_[link.one] - pull;
    force_[link.other] = force_[link.other] + pull;
  }
  // The first one stays where it is.
  for (size_t i = 1; i < boxes_.size(); ++i) {
    const Vec all = force_[i] + (first_[i] - at_[i]) * kAnchor;
    const double length = Length(all);
    at_[i] = at_[i] + (length > reach ? all * (reach / length) : all);
  }
}

Vec Layout::Overlap(size_t a, size_t b, bool for_words) const {
  const Vec apart = at_[a] - at_[b];
  const Vec over{half_[a].x + half_[b].x + kJoinedX - std::abs(apart.x),
                 half_[a].y + half_[b].y + kJoinedY - std::abs(apart.y)};
  if (over.x <= 0 || over.y <= 0 || (for_words && Joined(a, b))) return over;
  return {over.x - (kJoinedX - kLayoutGapX), over.y - (kJoinedY - kLayoutGapY)};
}

void Layout::PushApart(int rounds, bool for_words) {
  for (int round = 0; round < rounds; ++round) {
    bool moved = false;
    for (size_t a = 0; a < boxes_.size(); ++a) {
      for (size_t b = a + 1; b < boxes_.size(); ++b) {
        const Vec over = Overlap(a, b, for_words);
        if (over.x <= 0 || over.y <= 0) continue;
        moved = true;
        // The short way, each half of it; the one in the middle does not move.
        const bool sideways = over.x < over.y;
        const double sign = (sideways ? at_[a].x < at_[b].x : at_[a].y < at_[b].y) ? 1 : -1;
        const Vec move = sideways ? Vec{sign * over.x, 0} : Vec{0, sign * over.y};
        at_[b] = at_[b] + move * (a == 0 ? 1 : 0.5);
        if (a != 0) at_[a] = at_[a] - move * 0.5;
      }
    }
    if (!moved) return;
  }
}

bool Layout::Free(size_t box, Vec at, size_t settled) const {
  for (size_t other = 0; other < settled; ++other) {
    const Vec apart = at - at_[other];
    if (std::abs(apart.x) < (boxes_[box].width + boxes_[other].width) / 2.0 + kLayoutGapX &&
        std::abs(apart.y) < (boxes_[box].height + boxes_[other].height) / 2.0 + kLayoutGapY) {
      return false;
    }
  }
  return true;
}

// To whole units; what then still overlaps goes to the nearest place that is free.
void Layout::Settle() {
  constexpr int kStep = 8;
  for (size_t box = 0; box < boxes_.size(); ++box) {
    const Vec wanted{std::floor(at_[box].x + 0.5), std::floor(at_[box].y + 0.5)};
    at_[box] = wanted;
    for (int ring = 1; !Free(box, at_[box], box); ++ring) {
      // Round the square of that many steps.
      for (int step = 0; step < 8 * ring; ++step) {
        const int side = step / (2 * ring), along = step % (2 * ring) - ring;
        const int x = side == 0 ? along : side == 1 ? ring : side == 2 ? -along : -ring;
        const int y = side == 0 ? -ring : side == 1 ? along : side == 2 ? ring : -along;
        at_[box] = wanted + Vec{static_cast<double>(x * kStep), static_cast<double>(y * kStep)};
        if (Free(box, at_[box], box)) break;
      }
    }
  }
}

std::vector<LayoutPlace> Layout::Find() {
  Start();
  // Cools down: first they may go far, at the end they only settle.
  for (int round = 0; round < kRounds; ++round) Round(kIdeal * (kRounds - round) / kRounds / 2);
  for (Vec& at : at_) at.x *= kStretch;
  PushApart(kPushes, true);
  // Where there is no room for words, there is room for boxes.
  PushApart(kLastPushes, false);
  Settle();
  std::vector<LayoutPlace> places(boxes_.size());
  for (size_t i = 0; i < boxes_.size(); ++i) {
    places[input_[i]] = {static_cast<int>(at_[i].x), static_cast<int>(at_[i].y)};
  }
  return places;
}

}  // namespace

std::vector<LayoutPlace> LayOut(const std::vector<LayoutBox>& boxes, const std::vector<LayoutLink>& links) {
  if (boxes.empty()) return {};
  return Layout(boxes, links).Find();
}

}  // namespace daftar

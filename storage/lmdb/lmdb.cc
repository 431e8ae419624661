#include "storage/lmdb/lmdb.h"

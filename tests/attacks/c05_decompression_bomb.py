# class: 5 memory bombs
# expect: out_of_memory
# how: a few hundred bytes that inflate to a gigabyte, in one buffer
import base64
import zlib

BOMB = (
    "c-rmUF)pP67>3dRhC&p~6e^7kOexVwXiTf17NtTdna)kn+lfkVIy+#dvH($ts0490A^D$kmhhEtzC3^aKmMIehGCdqzF$2pEDitw"
    "0Kmvi|DDZ!jRC{j$KB5EJ^%m!Fm{K_OY^f);O$^_+c^LL0ATbkHaC9EJ_MdmkLR5O0000+Z{_u2Yqka4eq8_Da}NLj02sY{!2kdN"
    "07wxG0001h7Qp}j003wa3;+NCfEd950001J5extT0Du<300000Xb}tm004j(!2kdN0B8{m0001h7Qp}j003wa3;+NCfEd950001J"
    "5extT0Du<300000Xb}tm004j(!2kdN0B8{m0001h7Qp}j003wa3;+NCfEd950001J5extT0Du<300000Xb}tm004j(!2kdN0B8{m"
    "0001h7Qp}j003wa3;+NCfEd950001J5extT0Du<300000Xb}tm004j(!2kdN0B8{m0001h7Qp}j003wa3;+NCfEd950001J5extT"
    "0Du<300000Xb}tm004j(!2kdN0B8{m0001h7Qp}j003wa3;+NCfEd950001J5extT0Du<300000Xb}tm004j(!2kdN0B8{m0001h"
    "7Qp}j003wa3;+NCfEd950001J5extT0Du<300000Xb}tm004j(!2kdN0B8{m0001h7Qp}j003wa3;+NCfEd950001J5extT0Du<3"
    "00000Xb}tm004j(!2kdN0B8{m0001h7Qp}j003wa3;+NCfEd950001J5extT0Du<300000Xb}tm004j(!2kdN0B8{m0001h7Qp}j"
    "003wa3;+NCfEd950001J5extT0Du<300000Xb}tm004j(!2kdN0B8{m0001h7Qp}j003wa3;+NCfEd950001J5extT0Du<300000"
    "Xb}tm004j(!2kdN0B8{m0001h7Qp}j003wa3;+NCfEd950001J5extT0Du<300000Xb}tm004j(!2kdN0B8{m0001h7Qp}j003wa"
    "3;+NCfEd950001J5extT0Du<300000Xb}tm004j(!2kdN0B8{m0001h7Qp}j003wa3;+NCfEd950001J5extT0Du<300000Xb}tm"
    "004j(!2kdN0B8{m0001h7Qp}j003wa3;+NCfEd950001J5extT0Du<300000Xb}tm004j(!2kdN0B8{m0001h7Qp}j003wa3;+NC"
    "fEd950001J5extT0Du<300000Xb}tm004j(!2kdN0B8{m0001h7Qp}j003wa3;+NCfEd950001J5extT0Du<300000Xb}tm004j("
    "!2kdN0B8{m0001h7Qp}j003wa3;+NCfEd950001J5extT0Du<300000Xb}tm004j(!2kdN0B8{m0001h7Qp}j003wa3;+NCfEd95"
    "0001J5extT0Du<300000Xb}tm004j(!2kdN0B8{m0001h7Qp}j003wa3;+NCfEd950001J5extT0Du<300000Xb}tm004j(!2kdN"
    "0B8{m0001h7Qp}j003wa3;+NCfEd950001J5extT0Du<300000Xb}tm004j(!2kdN0B8{m0001h7Qp}j003wa3;+NCfEd950001J"
    "5extT0Du<300000Xb}tm004j(!2kdN0B8{m0001h7Qp}j003wa3;+NCfEd950001J5extT0Du<300000Xb}tm004j(!2kdN0B8{m"
    "0001h7Qp}j003wa3;+NCfEd950001J5extT0Du<300000Xb}tm004j(!2kdN0B8{m0001h7Qp}j003wa3;+NCfEd950001J5extT"
    "0Du<300000Xb}tm004j(!2kdN0B8{m0001h7Qp}j003wa3;+NCfEd950001J5extT0Du<300000Xb}tm004j(!2kdN0B8{m0001h"
    "7Qp}j003wa3;+NCfEd950001J5extT0Du<300000Xb}tm004j(!2kdN0B8{m0001h7Qp}j003wa3;+NCfEd950001J5extT0Du<3"
    "00000Xb}tm004j(!2kdN0B8{m0001h7Qp}j003wa3;+NCfEd950001J5extT0Du<300000Xb}tm004j(!2kdN0B8{m0001h7Qp}j"
    "003wa3;+NCfEd950001J5extT0Du<300000Xb}tm004j(!2kdN0B8{m0001h7Qp}j003wa3;+NCfEd950001J5extT0Du<300000"
    "Xb}tm004j(!2kdN0BAW{URwCt0?uDfPks;IZ2jifF!=;xX0qP"
)


def f(xs):
    return [len(zlib.decompress(zlib.decompress(base64.b85decode(BOMB)), bufsize=1 << 30))]

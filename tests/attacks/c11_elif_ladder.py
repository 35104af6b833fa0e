# class: 11 compile-time bombs
# expect: wrong_answer
# how: a ladder of 600 elif branches, each nested in the one before, which a C stack of 1 MiB does not compile
def f(xs):
    if xs == 0:
        return 0
    elif xs == 1:
        return 1
    elif xs == 2:
        return 2
    elif xs == 3:
        return 3
    elif xs == 4:
        return 4
    elif xs == 5:
        return 5
    elif xs == 6:
        return 6
    elif xs == 7:
        return 7
    elif xs == 8:
        return 8
    elif xs == 9:
        return 9
    elif xs == 10:
        return 10
    elif xs == 11:
        return 11
    elif xs == 12:
        return 12
    elif xs == 13:
        return 13
    elif xs == 14:
        return 14
    elif xs == 15:
        return 15
    elif xs == 16:
        return 16
    elif xs == 17:
        return 17
    elif xs == 18:
        return 18
    elif xs == 19:
        return 19
    elif xs == 20:
        return 20
    elif xs == 21:
        return 21
    elif xs == 22:
        return 22
    elif xs == 23:
        return 23
    elif xs == 24:
        return 24
    elif xs == 25:
        return 25
    elif xs == 26:
        return 26
    elif xs == 27:
        return 27
    elif xs == 28:
        return 28
    elif xs == 29:
        return 29
    elif xs == 30:
        return 30
    elif xs == 31:
        return 31
    elif xs == 32:
        return 32
    elif xs == 33:
        return 33
    elif xs == 34:
        return 34
    elif xs == 35:
        return 35
    elif xs == 36:
        return 36
    elif xs == 37:
        return 37
    elif xs == 38:
        return 38
    elif xs == 39:
        return 39
    elif xs == 40:
        return 40
    elif xs == 41:
        return 41
    elif xs == 42:
        return 42
    elif xs == 43:
        return 43
    elif xs == 44:
        return 44
    elif xs == 45:
        return 45
    elif xs == 46:
        return 46
    elif xs == 47:
        return 47
    elif xs == 48:
        return 48
    elif xs == 49:
        return 49
    elif xs == 50:
        return 50
    elif xs == 51:
        return 51
    elif xs == 52:
        return 52
    elif xs == 53:
        return 53
    elif xs == 54:
        return 54
    elif xs == 55:
        return 55
    elif xs == 56:
        return 56
    elif xs == 57:
        return 57
    elif xs == 58:
        return 58
    elif xs == 59:
        return 59
    elif xs == 60:
        return 60
    elif xs == 61:
        return 61
    elif xs == 62:
        return 62
    elif xs == 63:
        return 63
    elif xs == 64:
        return 64
    elif xs == 65:
        return 65
    elif xs == 66:
        return 66
    elif xs == 67:
        return 67
    elif xs == 68:
        return 68
    elif xs == 69:
        return 69
    elif xs == 70:
        return 70
    elif xs == 71:
        return 71
    elif xs == 72:
        return 72
    elif xs == 73:
        return 73
    elif xs == 74:
        return 74
    elif xs == 75:
        return 75
    elif xs == 76:
        return 76
    elif xs == 77:
        return 77
    elif xs == 78:
        return 78
    elif xs == 79:
        return 79
    elif xs == 80:
        return 80
    elif xs == 81:
        return 81
    elif xs == 82:
        return 82
    elif xs == 83:
        return 83
    elif xs == 84:
        return 84
    elif xs == 85:
        return 85
    elif xs == 86:
        return 86
    elif xs == 87:
        return 87
    elif xs == 88:
        return 88
    elif xs == 89:
        return 89
    elif xs == 90:
        return 90
    elif xs == 91:
        return 91
    elif xs == 92:
        return 92
    elif xs == 93:
        return 93
    elif xs == 94:
        return 94
    elif xs == 95:
        return 95
    elif xs == 96:
        return 96
    elif xs == 97:
        return 97
    elif xs == 98:
        return 98
    elif xs == 99:
        return 99
    elif xs == 100:
        return 100
    elif xs == 101:
        return 101
    elif xs == 102:
        return 102
    elif xs == 103:
        return 103
    elif xs == 104:
        return 104
    elif xs == 105:
        return 105
    elif xs == 106:
        return 106
    elif xs == 107:
        return 107
    elif xs == 108:
        return 108
    elif xs == 109:
        return 109
    elif xs == 110:
        return 110
    elif xs == 111:
        return 111
    elif xs == 112:
        return 112
    elif xs == 113:
        return 113
    elif xs == 114:
        return 114
    elif xs == 115:
        return 115
    elif xs == 116:
        return 116
    elif xs == 117:
        return 117
    elif xs == 118:
        return 118
    elif xs == 119:
        return 119
    elif xs == 120:
        return 120
    elif xs == 121:
        return 121
    elif xs == 122:
        return 122
    elif xs == 123:
        return 123
    elif xs == 124:
        return 124
    elif xs == 125:
        return 125
    elif xs == 126:
        return 126
    elif xs == 127:
        return 127
    elif xs == 128:
        return 128
    elif xs == 129:
        return 129
    elif xs == 130:
        return 130
    elif xs == 131:
        return 131
    elif xs == 132:
        return 132
    elif xs == 133:
        return 133
    elif xs == 134:
        return 134
    elif xs == 135:
        return 135
    elif xs == 136:
        return 136
    elif xs == 137:
        return 137
    elif xs == 138:
        return 138
    elif xs == 139:
        return 139
    elif xs == 140:
        return 140
    elif xs == 141:
        return 141
    elif xs == 142:
        return 142
    elif xs == 143:
        return 143
    elif xs == 144:
        return 144
    elif xs == 145:
        return 145
    elif xs == 146:
        return 146
    elif xs == 147:
        return 147
    elif xs == 148:
        return 148
    elif xs == 149:
        return 149
    elif xs == 150:
        return 150
    elif xs == 151:
        return 151
    elif xs == 152:
        return 152
    elif xs == 153:
        return 153
    elif xs == 154:
        return 154
    elif xs == 155:
        return 155
    elif xs == 156:
        return 156
    elif xs == 157:
        return 157
    elif xs == 158:
        return 158
    elif xs == 159:
        return 159
    elif xs == 160:
        return 160
    elif xs == 161:
        return 161
    elif xs == 162:
        return 162
    elif xs == 163:
        return 163
    elif xs == 164:
        return 164
    elif xs == 165:
        return 165
    elif xs == 166:
        return 166
    elif xs == 167:
        return 167
    elif xs == 168:
        return 168
    elif xs == 169:
        return 169
    elif xs == 170:
        return 170
    elif xs == 171:
        return 171
    elif xs == 172:
        return 172
    elif xs == 173:
        return 173
    elif xs == 174:
        return 174
    elif xs == 175:
        return 175
    elif xs == 176:
        return 176
    elif xs == 177:
        return 177
    elif xs == 178:
        return 178
    elif xs == 179:
        return 179
    elif xs == 180:
        return 180
    elif xs == 181:
        return 181
    elif xs == 182:
        return 182
    elif xs == 183:
        return 183
    elif xs == 184:
        return 184
    elif xs == 185:
        return 185
    elif xs == 186:
        return 186
    elif xs == 187:
        return 187
    elif xs == 188:
        return 188
    elif xs == 189:
        return 189
    elif xs == 190:
        return 190
    elif xs == 191:
        return 191
    elif xs == 192:
        return 192
    elif xs == 193:
        return 193
    elif xs == 194:
        return 194
    elif xs == 195:
        return 195
    elif xs == 196:
        return 196
    elif xs == 197:
        return 197
    elif xs == 198:
        return 198
    elif xs == 199:
        return 199
    elif xs == 200:
        return 200
    elif xs == 201:
        return 201
    elif xs == 202:
        return 202
    elif xs == 203:
        return 203
    elif xs == 204:
        return 204
    elif xs == 205:
        return 205
    elif xs == 206:
        return 206
    elif xs == 207:
        return 207
    elif xs == 208:
        return 208
    elif xs == 209:
        return 209
    elif xs == 210:
        return 210
    elif xs == 211:
        return 211
    elif xs == 212:
        return 212
    elif xs == 213:
        return 213
    elif xs == 214:
        return 214
    elif xs == 215:
        return 215
    elif xs == 216:
        return 216
    elif xs == 217:
        return 217
    elif xs == 218:
        return 218
    elif xs == 219:
        return 219
    elif xs == 220:
        return 220
    elif xs == 221:
        return 221
    elif xs == 222:
        return 222
    elif xs == 223:
        return 223
    elif xs == 224:
        return 224
    elif xs == 225:
        return 225
    elif xs == 226:
        return 226
    elif xs == 227:
        return 227
    elif xs == 228:
        return 228
    elif xs == 229:
        return 229
    elif xs == 230:
        return 230
    elif xs == 231:
        return 231
    elif xs == 232:
        return 232
    elif xs == 233:
        return 233
    elif xs == 234:
        return 234
    elif xs == 235:
        return 235
    elif xs == 236:
        return 236
    elif xs == 237:
        return 237
    elif xs == 238:
        return 238
    elif xs == 239:
        return 239
    elif xs == 240:
        return 240
    elif xs == 241:
        return 241
    elif xs == 242:
        return 242
    elif xs == 243:
        return 243
    elif xs == 244:
        return 244
    elif xs == 245:
        return 245
    elif xs == 246:
        return 246
    elif xs == 247:
        return 247
    elif xs == 248:
        return 248
    elif xs == 249:
        return 249
    elif xs == 250:
        return 250
    elif xs == 251:
        return 251
    elif xs == 252:
        return 252
    elif xs == 253:
        return 253
    elif xs == 254:
        return 254
    elif xs == 255:
        return 255
    elif xs == 256:
        return 256
    elif xs == 257:
        return 257
    elif xs == 258:
        return 258
    elif xs == 259:
        return 259
    elif xs == 260:
        return 260
    elif xs == 261:
        return 261
    elif xs == 262:
        return 262
    elif xs == 263:
        return 263
    elif xs == 264:
        return 264
    elif xs == 265:
        return 265
    elif xs == 266:
        return 266
    elif xs == 267:
        return 267
    elif xs == 268:
        return 268
    elif xs == 269:
        return 269
    elif xs == 270:
        return 270
    elif xs == 271:
        return 271
    elif xs == 272:
        return 272
    elif xs == 273:
        return 273
    elif xs == 274:
        return 274
    elif xs == 275:
        return 275
    elif xs == 276:
        return 276
    elif xs == 277:
        return 277
    elif xs == 278:
        return 278
    elif xs == 279:
        return 279
    elif xs == 280:
        return 280
    elif xs == 281:
        return 281
    elif xs == 282:
        return 282
    elif xs == 283:
        return 283
    elif xs == 284:
        return 284
    elif xs == 285:
        return 285
    elif xs == 286:
        return 286
    elif xs == 287:
        return 287
    elif xs == 288:
        return 288
    elif xs == 289:
        return 289
    elif xs == 290:
        return 290
    elif xs == 291:
        return 291
    elif xs == 292:
        return 292
    elif xs == 293:
        return 293
    elif xs == 294:
        return 294
    elif xs == 295:
        return 295
    elif xs == 296:
        return 296
    elif xs == 297:
        return 297
    elif xs == 298:
        return 298
    elif xs == 299:
        return 299
    elif xs == 300:
        return 300
    elif xs == 301:
        return 301
    elif xs == 302:
        return 302
    elif xs == 303:
        return 303
    elif xs == 304:
        return 304
    elif xs == 305:
        return 305
    elif xs == 306:
        return 306
    elif xs == 307:
        return 307
    elif xs == 308:
        return 308
    elif xs == 309:
        return 309
    elif xs == 310:
        return 310
    elif xs == 311:
        return 311
    elif xs == 312:
        return 312
    elif xs == 313:
        return 313
    elif xs == 314:
        return 314
    elif xs == 315:
        return 315
    elif xs == 316:
        return 316
    elif xs == 317:
        return 317
    elif xs == 318:
        return 318
    elif xs == 319:
        return 319
    elif xs == 320:
        return 320
    elif xs == 321:
        return 321
    elif xs == 322:
        return 322
    elif xs == 323:
        return 323
    elif xs == 324:
        return 324
    elif xs == 325:
        return 325
    elif xs == 326:
        return 326
    elif xs == 327:
        return 327
    elif xs == 328:
        return 328
    elif xs == 329:
        return 329
    elif xs == 330:
        return 330
    elif xs == 331:
        return 331
    elif xs == 332:
        return 332
    elif xs == 333:
        return 333
    elif xs == 334:
        return 334
    elif xs == 335:
        return 335
    elif xs == 336:
        return 336
    elif xs == 337:
        return 337
    elif xs == 338:
        return 338
    elif xs == 339:
        return 339
    elif xs == 340:
        return 340
    elif xs == 341:
        return 341
    elif xs == 342:
        return 342
    elif xs == 343:
        return 343
    elif xs == 344:
        return 344
    elif xs == 345:
        return 345
    elif xs == 346:
        return 346
    elif xs == 347:
        return 347
    elif xs == 348:
        return 348
    elif xs == 349:
        return 349
    elif xs == 350:
        return 350
    elif xs == 351:
        return 351
    elif xs == 352:
        return 352
    elif xs == 353:
        return 353
    elif xs == 354:
        return 354
    elif xs == 355:
        return 355
    elif xs == 356:
        return 356
    elif xs == 357:
        return 357
    elif xs == 358:
        return 358
    elif xs == 359:
        return 359
    elif xs == 360:
        return 360
    elif xs == 361:
        return 361
    elif xs == 362:
        return 362
    elif xs == 363:
        return 363
    elif xs == 364:
        return 364
    elif xs == 365:
        return 365
    elif xs == 366:
        return 366
    elif xs == 367:
        return 367
    elif xs == 368:
        return 368
    elif xs == 369:
        return 369
    elif xs == 370:
        return 370
    elif xs == 371:
        return 371
    elif xs == 372:
        return 372
    elif xs == 373:
        return 373
    elif xs == 374:
        return 374
    elif xs == 375:
        return 375
    elif xs == 376:
        return 376
    elif xs == 377:
        return 377
    elif xs == 378:
        return 378
    elif xs == 379:
        return 379
    elif xs == 380:
        return 380
    elif xs == 381:
        return 381
    elif xs == 382:
        return 382
    elif xs == 383:
        return 383
    elif xs == 384:
        return 384
    elif xs == 385:
        return 385
    elif xs == 386:
        return 386
    elif xs == 387:
        return 387
    elif xs == 388:
        return 388
    elif xs == 389:
        return 389
    elif xs == 390:
        return 390
    elif xs == 391:
        return 391
    elif xs == 392:
        return 392
    elif xs == 393:
        return 393
    elif xs == 394:
        return 394
    elif xs == 395:
        return 395
    elif xs == 396:
        return 396
    elif xs == 397:
        return 397
    elif xs == 398:
        return 398
    elif xs == 399:
        return 399
    elif xs == 400:
        return 400
    elif xs == 401:
        return 401
    elif xs == 402:
        return 402
    elif xs == 403:
        return 403
    elif xs == 404:
        return 404
    elif xs == 405:
        return 405
    elif xs == 406:
        return 406
    elif xs == 407:
        return 407
    elif xs == 408:
        return 408
    elif xs == 409:
        return 409
    elif xs == 410:
        return 410
    elif xs == 411:
        return 411
    elif xs == 412:
        return 412
    elif xs == 413:
        return 413
    elif xs == 414:
        return 414
    elif xs == 415:
        return 415
    elif xs == 416:
        return 416
    elif xs == 417:
        return 417
    elif xs == 418:
        return 418
    elif xs == 419:
        return 419
    elif xs == 420:
        return 420
    elif xs == 421:
        return 421
    elif xs == 422:
        return 422
    elif xs == 423:
        return 423
    elif xs == 424:
        return 424
    elif xs == 425:
        return 425
    elif xs == 426:
        return 426
    elif xs == 427:
        return 427
    elif xs == 428:
        return 428
    elif xs == 429:
        return 429
    elif xs == 430:
        return 430
    elif xs == 431:
        return 431
    elif xs == 432:
        return 432
    elif xs == 433:
        return 433
    elif xs == 434:
        return 434
    elif xs == 435:
        return 435
    elif xs == 436:
        return 436
    elif xs == 437:
        return 437
    elif xs == 438:
        return 438
    elif xs == 439:
        return 439
    elif xs == 440:
        return 440
    elif xs == 441:
        return 441
    elif xs == 442:
        return 442
    elif xs == 443:
        return 443
    elif xs == 444:
        return 444
    elif xs == 445:
        return 445
    elif xs == 446:
        return 446
    elif xs == 447:
        return 447
    elif xs == 448:
        return 448
    elif xs == 449:
        return 449
    elif xs == 450:
        return 450
    elif xs == 451:
        return 451
    elif xs == 452:
        return 452
    elif xs == 453:
        return 453
    elif xs == 454:
        return 454
    elif xs == 455:
        return 455
    elif xs == 456:
        return 456
    elif xs == 457:
        return 457
    elif xs == 458:
        return 458
    elif xs == 459:
        return 459
    elif xs == 460:
        return 460
    elif xs == 461:
        return 461
    elif xs == 462:
        return 462
    elif xs == 463:
        return 463
    elif xs == 464:
        return 464
    elif xs == 465:
        return 465
    elif xs == 466:
        return 466
    elif xs == 467:
        return 467
    elif xs == 468:
        return 468
    elif xs == 469:
        return 469
    elif xs == 470:
        return 470
    elif xs == 471:
        return 471
    elif xs == 472:
        return 472
    elif xs == 473:
        return 473
    elif xs == 474:
        return 474
    elif xs == 475:
        return 475
    elif xs == 476:
        return 476
    elif xs == 477:
        return 477
    elif xs == 478:
        return 478
    elif xs == 479:
        return 479
    elif xs == 480:
        return 480
    elif xs == 481:
        return 481
    elif xs == 482:
        return 482
    elif xs == 483:
        return 483
    elif xs == 484:
        return 484
    elif xs == 485:
        return 485
    elif xs == 486:
        return 486
    elif xs == 487:
        return 487
    elif xs == 488:
        return 488
    elif xs == 489:
        return 489
    elif xs == 490:
        return 490
    elif xs == 491:
        return 491
    elif xs == 492:
        return 492
    elif xs == 493:
        return 493
    elif xs == 494:
        return 494
    elif xs == 495:
        return 495
    elif xs == 496:
        return 496
    elif xs == 497:
        return 497
    elif xs == 498:
        return 498
    elif xs == 499:
        return 499
    elif xs == 500:
        return 500
    elif xs == 501:
        return 501
    elif xs == 502:
        return 502
    elif xs == 503:
        return 503
    elif xs == 504:
        return 504
    elif xs == 505:
        return 505
    elif xs == 506:
        return 506
    elif xs == 507:
        return 507
    elif xs == 508:
        return 508
    elif xs == 509:
        return 509
    elif xs == 510:
        return 510
    elif xs == 511:
        return 511
    elif xs == 512:
        return 512
    elif xs == 513:
        return 513
    elif xs == 514:
        return 514
    elif xs == 515:
        return 515
    elif xs == 516:
        return 516
    elif xs == 517:
        return 517
    elif xs == 518:
        return 518
    elif xs == 519:
        return 519
    elif xs == 520:
        return 520
    elif xs == 521:
        return 521
    elif xs == 522:
        return 522
    elif xs == 523:
        return 523
    elif xs == 524:
        return 524
    elif xs == 525:
        return 525
    elif xs == 526:
        return 526
    elif xs == 527:
        return 527
    elif xs == 528:
        return 528
    elif xs == 529:
        return 529
    elif xs == 530:
        return 530
    elif xs == 531:
        return 531
    elif xs == 532:
        return 532
    elif xs == 533:
        return 533
    elif xs == 534:
        return 534
    elif xs == 535:
        return 535
    elif xs == 536:
        return 536
    elif xs == 537:
        return 537
    elif xs == 538:
        return 538
    elif xs == 539:
        return 539
    elif xs == 540:
        return 540
    elif xs == 541:
        return 541
    elif xs == 542:
        return 542
    elif xs == 543:
        return 543
    elif xs == 544:
        return 544
    elif xs == 545:
        return 545
    elif xs == 546:
        return 546
    elif xs == 547:
        return 547
    elif xs == 548:
        return 548
    elif xs == 549:
        return 549
    elif xs == 550:
        return 550
    elif xs == 551:
        return 551
    elif xs == 552:
        return 552
    elif xs == 553:
        return 553
    elif xs == 554:
        return 554
    elif xs == 555:
        return 555
    elif xs == 556:
        return 556
    elif xs == 557:
        return 557
    elif xs == 558:
        return 558
    elif xs == 559:
        return 559
    elif xs == 560:
        return 560
    elif xs == 561:
        return 561
    elif xs == 562:
        return 562
    elif xs == 563:
        return 563
    elif xs == 564:
        return 564
    elif xs == 565:
        return 565
    elif xs == 566:
        return 566
    elif xs == 567:
        return 567
    elif xs == 568:
        return 568
    elif xs == 569:
        return 569
    elif xs == 570:
        return 570
    elif xs == 571:
        return 571
    elif xs == 572:
        return 572
    elif xs == 573:
        return 573
    elif xs == 574:
        return 574
    elif xs == 575:
        return 575
    elif xs == 576:
        return 576
    elif xs == 577:
        return 577
    elif xs == 578:
        return 578
    elif xs == 579:
        return 579
    elif xs == 580:
        return 580
    elif xs == 581:
        return 581
    elif xs == 582:
        return 582
    elif xs == 583:
        return 583
    elif xs == 584:
        return 584
    elif xs == 585:
        return 585
    elif xs == 586:
        return 586
    elif xs == 587:
        return 587
    elif xs == 588:
        return 588
    elif xs == 589:
        return 589
    elif xs == 590:
        return 590
    elif xs == 591:
        return 591
    elif xs == 592:
        return 592
    elif xs == 593:
        return 593
    elif xs == 594:
        return 594
    elif xs == 595:
        return 595
    elif xs == 596:
        return 596
    elif xs == 597:
        return 597
    elif xs == 598:
        return 598
    elif xs == 599:
        return 599
